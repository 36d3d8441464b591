import type { Modality, Vector } from "../document";
import { normalise } from "../vector";

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

/** The query as one unit vector of the model's own space. */
export const queryVector = (query: Query): Vector =>
  query.length === 1 && query[0]!.weight > 0 ? query[0]!.vector : normalise(weightedSum(query));
