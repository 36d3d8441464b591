import type { Vector } from "../../documents/document";
import { VectorBlock } from "./dots/vector-block";

/** So many of the highest values are what the tail beyond all values is drawn from. */
const TAIL_SHARE = 0.01;
const MIN_SPREAD = 1e-3;

/** How unusual a similarity is: the centred cosines of queries and documents that have nothing to do with each other. */
export class Strangers {
  /** Standard deviation around 0, where centring has put the mean. */
  readonly spread: number;
  /** In units of the spread, ascending. */
  readonly #distances: Float64Array;
  readonly #tailStart: number;
  /** Mean excess over the tail's start: the scale of an exponential tail (peaks over threshold; Pickands 1975). */
  readonly #tailScale: number;

  /** Centred unit vectors. `sameThings`: query and document of one place are about one thing, hence no strangers. */
  constructor(queries: readonly Vector[], documents: readonly Vector[], sameThings: boolean) {
    const cosines = cosinesOf(queries, documents, sameThings);
    this.spread = spreadOf(cosines);
    this.#distances = cosines.map((cosine) => cosine / this.spread).sort();
    const tail = this.#distances.subarray(-Math.max(1, Math.round(TAIL_SHARE * cosines.length)));
    this.#tailStart = tail[0] ?? 0;
    const excess = tail.reduce((sum, one) => sum + one - this.#tailStart, 0) / Math.max(1, tail.length);
    this.#tailScale = Math.max(excess, MIN_SPREAD);
  }

  /** The share of strangers that are at least this near, above 0; `distance` is in units of their spread. */
  shareAbove(distance: number): number {
    if (distance >= this.#tailStart) return TAIL_SHARE * Math.exp((this.#tailStart - distance) / this.#tailScale);
    return (this.#distances.length - firstAtLeast(this.#distances, distance)) / this.#distances.length;
  }
}

/** Of each query with each document, but for the two of one place where those are about one thing. */
function cosinesOf(queries: readonly Vector[], documents: readonly Vector[], sameThings: boolean): Float64Array {
  const block = new VectorBlock(documents);
  const cosines = new Float64Array(queries.length * documents.length);
  let count = 0;
  queries.forEach((query, i) => {
    const row = block.dots(query);
    for (let j = 0; j < row.length; j++) if (!sameThings || i !== j) cosines[count++] = row[j]!;
  });
  return cosines.subarray(0, count);
}

/** Standard deviation around 0. */
export function spreadOf(cosines: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < cosines.length; i++) squares += cosines[i]! ** 2;
  return Math.max(Math.sqrt(squares / Math.max(1, cosines.length)), MIN_SPREAD);
}

function firstAtLeast(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
