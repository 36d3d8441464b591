import { average } from "../average";
import type { Vector } from "../../documents/document";
import { VectorBlock } from "./dots/vector-block";

/** How near a query is to documents that it does not look for, by centred cosine. */
export interface Level {
  /** Mean over all of them. */
  readonly mean: number;
  /** How far above the mean the nearest fiftieth of them is on average; above 0. */
  readonly reach: number;
}

/** The share of the background that counts as its nearest documents. */
const NEAREST = 0.02;
/** A background whose documents are all alike must not make every score infinite. */
const MIN_REACH = 1e-3;

/**
 * Documents of one modality that stand for whatever a query is held against: things in general, and a sample of what is
 * stored. Statistics of both are blended, rather than the documents pooled; a collection that is all about one subject
 * does not make its own documents look ordinary.
 */
export class Background {
  readonly #general: VectorBlock;
  readonly #stored: VectorBlock;
  readonly #known = new WeakMap<Vector, Level>();

  /** Centred unit vectors; `share`: the weight of `stored` against `general`, 0 to 1. */
  constructor(
    general: readonly Vector[],
    stored: readonly Vector[],
    readonly share: number,
  ) {
    this.#general = new VectorBlock(general);
    this.#stored = new VectorBlock(share === 0 ? [] : stored);
  }

  /** The level of a query, given as it is and centred; a query that is asked again has the same vector, and is remembered with it. */
  levelOfQuery(vector: Vector, centred: Vector): Level {
    const known = this.#known.get(vector);
    if (known !== undefined) return known;
    const level = this.levelOf(centred);
    this.#known.set(vector, level);
    return level;
  }

  /** The level of a centred query, or of a sum of weighted ones (which need not be a unit vector). */
  levelOf(query: Vector): Level {
    const general = levelOf(query, this.#general);
    if (this.share === 0) return general;
    const stored = levelOf(query, this.#stored);
    const blend = (a: number, b: number) => (1 - this.share) * a + this.share * b;
    // A reach beyond the general one comes of answers among what is stored: they must not make themselves look ordinary.
    const reach = Math.min(general.reach, stored.reach);
    return { mean: blend(general.mean, stored.mean), reach: blend(general.reach, reach) };
  }
}

function levelOf(query: Vector, documents: VectorBlock): Level {
  const cosines = documents.dots(query);
  const nearest = largest(cosines, Math.max(1, Math.round(NEAREST * cosines.length)));
  const mean = average(cosines);
  return { mean, reach: Math.max(average(nearest) - mean, MIN_REACH) };
}

/** The `count` largest values, in no order: faster than sorting all of them. */
function largest(values: Float32Array, count: number): Float32Array {
  const found = values.slice(0, count);
  let least = indexOfLeast(found);
  for (let i = count; i < values.length; i++) {
    if (values[i]! <= found[least]!) continue;
    found[least] = values[i]!;
    least = indexOfLeast(found);
  }
  return found;
}

function indexOfLeast(values: Float32Array): number {
  let least = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[least]!) least = i;
  return least;
}
