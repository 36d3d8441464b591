import type { Vector } from "./document";

/** Dot product; of unit vectors: their cosine similarity, -1 to 1. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The vector scaled to length 1. A zero vector has no direction and stays as it is. */
export function normalise(vector: Vector): Vector {
  const norm = Math.sqrt(dot(vector, vector));
  return norm === 0 ? vector : vector.map((value) => value / norm);
}

/** The unit vector from `mean` towards the tip of `vector`. */
export const centre = (vector: Vector, mean: Vector): Vector =>
  normalise(vector.map((value, i) => value - (mean[i] ?? 0)));

/** The component-wise mean of at least one vector. */
export function meanOf(vectors: readonly Vector[]): Vector {
  const sum = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
  return Float32Array.from(sum, (value) => value / vectors.length);
}
