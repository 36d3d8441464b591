import { succeeded, type Outcome } from "../../../errors";
import type { Embedding } from "../../../ports/encoder";
import { BatchRefused } from "../batch-refused";

/** Texts of up to so many characters are not refused for their length: CLIP's own towers read 77 tokens. */
const FITS_ANY_MODEL = 100;
const HALF_A_CHARACTER = /[\ud800-\udbff]$/;

/**
 * A text that an API refused alone for its length, cut in half until it is taken: then it says so. Null: it is refused however
 * short. Throws what `encode` throws beside refusals for length.
 */
export async function shorterText(
  text: string,
  encode: (text: string) => Promise<Outcome<Embedding>>,
): Promise<Outcome<Embedding> | null> {
  for (let length = text.length >> 1; length >= FITS_ANY_MODEL; length >>= 1) {
    try {
      const outcome = await encode(text.slice(0, length).replace(HALF_A_CHARACTER, ""));
      return outcome.ok ? succeeded({ ...outcome.value, truncated: true }) : outcome;
    } catch (thrown) {
      if (!(thrown instanceof BatchRefused && thrown.isForLength)) throw thrown;
    }
  }
  return null;
}
