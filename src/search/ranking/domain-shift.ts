import type { Vector } from "../../documents/document";
import { dot, meanOf } from "../../documents/vector";

/**
 * Squared distances of means, in units of the general set's variance. By mini-clip, the benchmark lies at 0.17 to 0.19 from the
 * general set, a collection about one of its subjects at 0.2 to 0.4; all of it, once a constant was added to its vectors, at 0.35
 * where that is half as long as they are, and at 0.6 to 0.7 where it is as long. docs/decisions/0013 has what comes of it.
 */
const NEAR = 0.25;
const FAR = 0.5;

/**
 * How far what is stored lies from things in general, 0 to 1: 0 is as collections do, 1 is another world, such as photographs
 * where the general set has drawings. Chance is taken out, so that a few documents do not look farther than many.
 */
export function domainShift(generalMean: Vector, stored: readonly Vector[]): number {
  const mean = meanOf(stored);
  const apart = mean.map((value, i) => value - generalMean[i]!);
  const byChance = variance(mean) / stored.length;
  const distance = (dot(apart, apart) - byChance) / Math.max(variance(generalMean), LEAST_VARIANCE);
  return Math.min(1, Math.max(0, (distance - NEAR) / (FAR - NEAR)));
}

const LEAST_VARIANCE = 1e-6;

/** Of unit vectors around this mean of theirs. */
const variance = (mean: Vector): number => 1 - dot(mean, mean);
