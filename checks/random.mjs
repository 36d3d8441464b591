import { createRequire } from "node:module";

/** A repeatable stream of numbers from 0 to 1. */
export const { randomNumbers } = createRequire(import.meta.url)("../dist/evaluation/metrics/random-numbers.js");

/** The same as whole numbers and choices. */
export function randomFrom(seed) {
  const next = randomNumbers(seed);
  const below = (limit) => Math.floor(next() * limit);
  return { below, pick: (list) => list[below(list.length)] };
}
