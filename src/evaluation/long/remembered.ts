import type { Outcome } from "../../errors";
import type { Embedding, Encoder, EncodingRole } from "../../ports/encoder";

type LongEncoder = Pick<Encoder, "textWindow" | "countTokens" | "encodeTexts">;

/** An encoder that encodes each text once: long texts with the same filling have most passages in common. */
export function remembered(encoder: LongEncoder): LongEncoder {
  const known = new Map<string, Outcome<Embedding>>();
  const encodeTexts = async (texts: readonly string[], role: EncodingRole) => {
    const fresh = [...new Set(texts)].filter((text) => !known.has(`${role} ${text}`));
    const encoded = fresh.length === 0 ? [] : await encoder.encodeTexts(fresh, role);
    fresh.forEach((text, i) => known.set(`${role} ${text}`, encoded[i]!));
    return texts.map((text) => known.get(`${role} ${text}`)!);
  };
  return { textWindow: encoder.textWindow, countTokens: (texts) => encoder.countTokens(texts), encodeTexts };
}
