import { succeeded, type Outcome } from "../../../errors";
import type { Embedding } from "../../../ports/encoder";
import { BatchRefused } from "../batch-refused";

/** Texts of up to so many characters fit every model: they are not refused for their length. */
const FITS_ANY_MODEL = 1_000;
const HALF_A_CHARACTER = /[\ud800-\udbff]$/;

/**
 * What an API refused alone, a text, may be longer than the model reads: it is cut in half until it is taken, and says so.
 * Null: it is refused for something else. `encode` gives null for a vector that is no direction.
 */
export async function shorterText(
  text: string,
  encode: (text: string) => Promise<Float32Array | null>,
): Promise<Outcome<Embedding> | null> {
  for (let length = text.length >> 1; length >= FITS_ANY_MODEL; length >>= 1) {
    try {
      const vector = await encode(text.slice(0, length).replace(HALF_A_CHARACTER, ""));
      return vector === null ? null : succeeded({ vector, truncated: true });
    } catch (thrown) {
      if (!(thrown instanceof BatchRefused) || thrown.mayPass) throw thrown;
    }
  }
  return null;
}
