import type { Modality, Vector } from "../../src/documents/document";
import { normalise } from "../../src/documents/vector";
import type { Outcome } from "../../src/errors";
import type { Embedding, Encoder } from "../../src/ports/encoder";
import { randomNumbers, randomVector } from "./documents";

/**
 * A model whose towers were moved apart: a constant of this length, another one for each, is added to every vector before it
 * is scaled to length 1 again.
 */
export function movedEncoder(encoder: Encoder, length: number): Encoder {
  const random = randomNumbers(7);
  const constants = { text: randomVector(random, encoder.dimension), image: randomVector(random, encoder.dimension) };
  const move = (vector: Vector, kind: Modality): Vector =>
    normalise(vector.map((value, i) => value + length * constants[kind][i]!));
  const all = (outcomes: readonly Outcome<Embedding>[], kind: Modality): Outcome<Embedding>[] =>
    outcomes.map((one) => (one.ok ? { ok: true, value: { ...one.value, vector: move(one.value.vector, kind) } } : one));
  return {
    fingerprint: { ...encoder.fingerprint, revision: `moved by ${length}` },
    dimension: encoder.dimension,
    picture: encoder.picture,
    textWindow: encoder.textWindow,
    encodeTexts: async (texts, role) => all(await encoder.encodeTexts(texts, role), "text"),
    encodeImages: async (images, role) => all(await encoder.encodeImages(images, role), "image"),
    countTokens: (texts) => encoder.countTokens(texts),
    ping: () => encoder.ping(),
    close: () => encoder.close(),
  };
}
