import { average } from "../../search/average";
import { randomNumbers } from "./random-numbers";

/** A mean, and where it lies with 95 % confidence. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;
const TAIL = 0.025;

/**
 * How much more `values` are than `others`, query by query (the paired bootstrap, Efron 1979; Sakai 2006): the mean difference
 * with its 95 % percentile interval over 2,000 resamples of the queries. Both lists are of the same queries in the same
 * order, at least one. The same seed gives the same interval.
 */
export function pairedBootstrap(values: readonly number[], others: readonly number[], seed: number): Interval {
  if (values.length === 0 || values.length !== others.length)
    throw new Error(`Paired values are wanted, but here are ${values.length} and ${others.length}.`);
  const differences = values.map((value, i) => value - others[i]!);
  const random = randomNumbers(seed);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += differences[Math.floor(random() * differences.length)]!;
    return sum / differences.length;
  }).sort();
  const at = (share: number) => means[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))]!;
  return { mean: average(differences), low: at(TAIL), high: at(1 - TAIL) };
}
