import { succeeded, type Outcome } from "../../errors";
import type { EmbeddedPassage } from "../../documents/document";
import type { Embedding, Encoder } from "../../ports/encoder";
import { embedPassages } from "./embed-passages";
import type { PassageSize } from "./split-text";

/** A text of so many passages is still seen better at once. */
export const PASSAGES_AT_ONCE = 4;

/** A text as it is found: by its own vector, or by passages of which that is the first. */
export interface EmbeddedText extends Embedding {
  /** None where the model saw the text at once. */
  readonly passages: readonly EmbeddedPassage[];
}

type TextEncoder = Pick<Encoder, "textWindow" | "countTokens" | "encodeTexts">;

/**
 * Texts, long ones in passages one after another: what is longer than some passages, or than the model reads. `size` null:
 * each at once. Keeps order and length.
 */
export async function embedTexts(
  texts: readonly string[],
  size: PassageSize | null,
  encoder: TextEncoder,
): Promise<Outcome<EmbeddedText>[]> {
  const isLong = size === null ? texts.map(() => false) : await areLong(texts, size, encoder);
  const short = texts.filter((_, i) => !isLong[i]);
  const atOnce = (short.length === 0 ? [] : await encoder.encodeTexts(short, "document")).values();
  const embedded: Outcome<EmbeddedText>[] = [];
  for (const [i, text] of texts.entries()) {
    const whole = isLong[i] ? null : atOnce.next().value!;
    // How many tokens it has was estimated, or cut off by the model's own count.
    const isCut = size !== null && (whole === null || (whole.ok && whole.value.truncated));
    embedded.push(isCut ? await inPassages(text, whole, size, encoder) : withoutPassages(whole!));
  }
  return embedded;
}

/** `whole`: what the model made of its beginning, if it was asked. */
async function inPassages(
  text: string,
  whole: Outcome<Embedding> | null,
  size: PassageSize,
  encoder: TextEncoder,
): Promise<Outcome<EmbeddedText>> {
  const split = await embedPassages(text, size, encoder);
  if (!split.ok) return split;
  const [first] = split.value;
  if (first !== undefined) return succeeded({ vector: first.vector, truncated: false, passages: split.value });
  return withoutPassages(whole ?? (await encoder.encodeTexts([text], "document"))[0]!);
}

const withoutPassages = (whole: Outcome<Embedding>): Outcome<EmbeddedText> =>
  whole.ok ? succeeded({ ...whole.value, passages: [] }) : whole;

/** A text has no more tokens than UTF-8 bytes. Where the encoder is away, it says so when it is to encode. */
async function areLong(texts: readonly string[], { tokens }: PassageSize, encoder: TextEncoder): Promise<boolean[]> {
  const most = Math.min(PASSAGES_AT_ONCE * tokens, encoder.textWindow ?? Infinity);
  const mayBe = texts.map((text) => Buffer.byteLength(text, "utf8") > most);
  const asked = texts.filter((_, i) => mayBe[i]);
  const counts = (asked.length === 0 ? [] : await encoder.countTokens(asked).catch(() => asked.map(() => 0))).values();
  return mayBe.map((may) => may && counts.next().value! > most);
}
