import { failed, succeeded, toAppError, unwrap, type Outcome } from "../../errors";
import type { Encoder } from "../../ports/encoder";
import type { LongText } from "./long-text";
import { splitText, type PassageSize } from "./split-text";

/**
 * A text that is longer than the model reads, passage by passage; as a failed outcome where one of them cannot be encoded.
 */
export async function embedPassages(text: string, size: PassageSize, encoder: Encoder): Promise<Outcome<LongText>> {
  try {
    const tokens = Math.min(size.tokens, encoder.textWindow ?? Infinity);
    const overlap = Math.min(size.overlap, tokens >> 1);
    const ranges = await splitText(text, { tokens, overlap }, (texts) => encoder.countTokens(texts));
    // An estimate that finds it short enough.
    if (ranges.length < 2) return succeeded({ passages: [], truncated: true });
    const outcomes = await encoder.encodeTexts(
      ranges.map(({ start, end }) => text.slice(start, end)),
      "document",
    );
    const embeddings = outcomes.map(unwrap);
    const passages = ranges.map((range, i) => ({ ...range, vector: embeddings[i]!.vector }));
    return succeeded({ passages, truncated: embeddings.some(({ truncated }) => truncated) });
  } catch (thrown) {
    return failed(
      toAppError(thrown, "ENCODER_FAILED", "The passages of this text could not be encoded. Try again later."),
    );
  }
}
