import type { Vector } from "../../documents/document";
import { cosine } from "./cosine";

/** So many pairs tell a distribution; documents, not pairs, are what more of would make it surer. */
const ENOUGH_PAIRS = 20_000;

/**
 * Cosines of pairs of one list's unit vectors, each pair once: all, or about 20,000 in which each vector is as often as
 * any other. At least two vectors, in an order that says nothing of them.
 */
export function cosinesWithin(vectors: readonly Vector[]): Float64Array {
  const { length } = vectors;
  const cosines: number[] = [];
  for (let step = 1; step <= length / 2 && cosines.length < ENOUGH_PAIRS; step++) {
    // Half the way round, both ends of a pair would count it.
    const count = 2 * step === length ? step : length;
    for (let i = 0; i < count; i++) cosines.push(cosine(vectors[i]!, vectors[(i + step) % length]!));
  }
  return Float64Array.from(cosines);
}

/** Cosines of pairs of one vector of each list; all, or as many as above. At least one vector each. */
export function cosinesAcross(some: readonly Vector[], others: readonly Vector[]): Float64Array {
  const [few, many] = some.length < others.length ? [some, others] : [others, some];
  const cosines: number[] = [];
  for (let step = 0; step < few.length && cosines.length < ENOUGH_PAIRS; step++) {
    for (let i = 0; i < many.length; i++) cosines.push(cosine(many[i]!, few[(i + step) % few.length]!));
  }
  return Float64Array.from(cosines);
}
