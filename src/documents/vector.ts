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
  if (norm === 0) return vector;
  const unit = new Float32Array(vector.length);
  for (let i = 0; i < unit.length; i++) unit[i] = vector[i]! / norm;
  return unit;
}

/** The unit vector from `mean` towards the tip of `vector`. In loops, since `map` makes an object of each number. */
export function centre(vector: Vector, mean: Vector): Vector {
  const difference = new Float32Array(vector.length);
  for (let i = 0; i < difference.length; i++) difference[i] = vector[i]! - (mean[i] ?? 0);
  return normalise(difference);
}

/** The component-wise mean of at least one vector. */
export function meanOf(vectors: readonly Vector[]): Vector {
  const sum = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
  return Float32Array.from(sum, (value) => value / vectors.length);
}
