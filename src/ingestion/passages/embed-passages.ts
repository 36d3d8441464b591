import { failed, succeeded, toAppError, unwrap, type Outcome } from "../../errors";
import type { EmbeddedPassage } from "../../documents/document";
import type { Encoder } from "../../ports/encoder";
import { splitText, type PassageSize } from "./split-text";

type PassageEncoder = Pick<Encoder, "textWindow" | "countTokens" | "encodeTexts">;

/** Shorter ones say too little. */
const FEWEST_TOKENS = 8;

/**
 * A text in passages from its start to its end, two at least; none: it cannot be split.
 * Where tokens are only estimated and a passage comes out too long after all, passages are made half as long. A failed outcome
 * where one of them cannot be encoded.
 */
export async function embedPassages(
  text: string,
  size: PassageSize,
  encoder: PassageEncoder,
): Promise<Outcome<readonly EmbeddedPassage[]>> {
  try {
    for (let tokens = Math.min(size.tokens, encoder.textWindow ?? Infinity); ; tokens >>= 1) {
      const overlap = Math.min(size.overlap, tokens >> 1);
      const { passages, truncated } = await embedAll(text, { tokens, overlap }, encoder);
      if (!truncated || tokens >> 1 < FEWEST_TOKENS) return succeeded(passages.length < 2 ? [] : passages);
    }
  } catch (thrown) {
    const message = "The passages of this text could not be encoded. Try again later.";
    return failed(toAppError(thrown, "ENCODER_FAILED", message));
  }
}

async function embedAll(text: string, size: PassageSize, encoder: PassageEncoder) {
  const ranges = await splitText(text, size, (texts) => encoder.countTokens(texts));
  // An estimate finds it short enough, and the model did not.
  if (ranges.length < 2) return { passages: [], truncated: true };
  const outcomes = await encoder.encodeTexts(
    ranges.map(({ start, end }) => text.slice(start, end)),
    "document",
  );
  const embeddings = outcomes.map(unwrap);
  const passages = ranges.map((range, i): EmbeddedPassage => ({ vector: embeddings[i]!.vector, ...range }));
  return { passages, truncated: embeddings.some((one) => one.truncated) };
}
