import { AppError } from "../../errors";
import type { Modality, Vector } from "../../documents/document";
import { dot, normalise } from "../../documents/vector";

/** One thing that is looked for; a negative weight pushes away from it. */
export interface QueryPart {
  readonly kind: Modality;
  /** A unit vector. */
  readonly vector: Vector;
  /** Any number but 0. */
  readonly weight: number;
}

/** What is looked for: at least one part, at least one of them with a weight above 0. */
export type Query = readonly QueryPart[];

/** The sum of weighted vectors; all of one length, at least one. */
export function weightedSum(parts: readonly { readonly vector: Vector; readonly weight: number }[]): Vector {
  const sum = new Float32Array(parts[0]!.vector.length);
  for (const { vector, weight } of parts) for (let i = 0; i < sum.length; i++) sum[i]! += weight * vector[i]!;
  return sum;
}

/** A sum of parts that is shorter than this is what rounding left of parts that cancel. */
const MIN_LENGTH = 1e-4;

/** What each part counts, -1 to 1: only the proportions of weights matter. */
export function sharesOf(query: Query): number[] {
  const heaviest = Math.max(...query.map(({ weight }) => Math.abs(weight)));
  return query.map(({ weight }) => weight / heaviest);
}

/** The query as one unit vector of the model's own space. Throws BAD_USER_INPUT where its parts cancel each other. */
export function queryVector(query: Query): Vector {
  if (query.length === 1 && query[0]!.weight > 0) return query[0]!.vector;
  const shares = sharesOf(query);
  const sum = weightedSum(query.map(({ vector }, i) => ({ vector, weight: shares[i]! })));
  if (dot(sum, sum) > MIN_LENGTH ** 2) return normalise(sum);
  throw new AppError(
    "BAD_USER_INPUT",
    "The parts cancel each other, so there is nothing to look for. Change the weights, or leave a part out.",
  );
}
