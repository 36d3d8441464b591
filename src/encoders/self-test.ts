import { AppError } from "../errors";
import type { EncoderInit } from "./encoder-messages";
import type { OnnxModel } from "./onnx-model";

const SHORT = "a red cat";
const LONG =
  "A quantised text tower was once reported to fail above sixteen tokens, so this sentence has a good many more of them.";

/**
 * Encodes a short text, a long one and a grey picture, since files that load may still be broken (a quantisation that
 * fails above 16 tokens, random bytes) or of different models. Throws INVALID_MODEL when the vectors cannot be right.
 */
export async function selfTest(model: OnnxModel, { picture, dtype, folder }: EncoderInit): Promise<void> {
  const wrong = (what: string, cause?: unknown) =>
    new AppError(
      "INVALID_MODEL",
      `The model in ${folder} (${dtype}) ${what}. Try another MODEL_DTYPE or load it again.`,
      { cause },
    );
  const grey = picture === null ? [] : [new Uint8Array(picture.side ** 2 * 3).fill(128)];
  let short, long, together, shown;
  try {
    [short, long] = (await model.encodeTexts([SHORT, LONG])).embeddings;
    [together] = (await model.encodeTexts([SHORT])).embeddings;
    if (grey.length > 0) [shown] = (await model.encodeImages(grey)).embeddings;
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw wrong(`fails on simple input: ${String(thrown).slice(0, 300)}`, thrown);
  }
  if (!short?.vector || !long?.vector || !together?.vector || (grey.length > 0 && !shown?.vector)) {
    throw wrong("gives no usable numbers, or fewer than EMBEDDING_DIMENSION");
  }
  if (cosine(short.vector, long.vector) > 0.999) throw wrong("gives one vector for different texts");
  if (cosine(short.vector, together.vector) < 0.98) throw wrong("gives different vectors for one text");
}

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
