import { average } from "../average";

/** How the cosines of many pairs are spread. */
export interface CosineDistribution {
  readonly mean: number;
  /** Standard deviation. */
  readonly spread: number;
  /** `share` of the pairs are at or below `cosine`; ascending. */
  readonly quantiles: readonly { readonly share: number; readonly cosine: number }[];
  /** From the first bin with a pair in it to the last; the shares add up to 1. */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly share: number }[];
}

const SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
/** Bins of any two distributions have the same edges, multiples of 0.02. */
const BINS_PER_UNIT = 50;

/** Of at least one cosine, in any order. */
export function cosineDistribution(cosines: Float64Array): CosineDistribution {
  const ascending = cosines.toSorted();
  const mean = average(ascending);
  return {
    mean,
    spread: Math.sqrt(average(ascending.map((cosine) => (cosine - mean) ** 2))),
    quantiles: SHARES.map((share) => ({ share, cosine: quantile(ascending, share) })),
    histogram: histogram(ascending),
  };
}

/** Between two values: linearly. */
function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(place)]!, ascending[Math.ceil(place)]!];
  return below + (above - below) * (place % 1);
}

function histogram(ascending: Float64Array): CosineDistribution["histogram"] {
  // A cosine of 1 is in the last bin below 1.
  const binOf = (cosine: number) => Math.min(Math.floor(cosine * BINS_PER_UNIT), BINS_PER_UNIT - 1);
  const first = binOf(ascending[0]!);
  const counts = Array.from({ length: binOf(ascending.at(-1)!) - first + 1 }, () => 0);
  for (const cosine of ascending) counts[binOf(cosine) - first]!++;
  return counts.map((count, i) => ({
    from: (first + i) / BINS_PER_UNIT,
    to: (first + i + 1) / BINS_PER_UNIT,
    share: count / ascending.length,
  }));
}
