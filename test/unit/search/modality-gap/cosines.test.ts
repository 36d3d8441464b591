import type { Vector } from "../../../../src/documents/document";
import { cosineDistribution } from "../../../../src/search/modality-gap/cosine-distribution";
import { cosinesAcross, cosinesWithin } from "../../../../src/search/modality-gap/paired-cosines";
import { dot } from "../../../../src/documents/vector";
import { randomNumbers, randomVector } from "../../../support/documents";

const random = randomNumbers(1);
const vectors = (count: number): Vector[] => Array.from({ length: count }, () => randomVector(random, 16));
const sorted = (values: Iterable<number>) => [...values].toSorted((a, b) => a - b);

it("tells mean, spread and quantiles of known values", () => {
  const { mean, spread, quantiles } = cosineDistribution(Float64Array.from({ length: 101 }, (_, i) => 0.5 - i / 100));
  expect(mean).toBeCloseTo(0, 12);
  expect(spread).toBeCloseTo(Math.sqrt((101 ** 2 - 1) / 12) / 100, 12);
  const expected = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((share) => [share, share - 0.5]);
  quantiles.forEach(({ share, cosine }, i) => {
    expect(share).toBe(expected[i]![0]);
    expect(cosine).toBeCloseTo(expected[i]![1]!, 12);
  });
});

it("counts each cosine in the bin that it lies in, 1 and -1 included", () => {
  const { histogram } = cosineDistribution(Float64Array.of(1, 0.99, 0.97, -1));
  expect(histogram).toHaveLength(100);
  expect(histogram.filter(({ share }) => share > 0)).toEqual([
    { from: -1, to: -0.98, share: 0.25 },
    { from: 0.96, to: 0.98, share: 0.25 },
    { from: 0.98, to: 1, share: 0.5 },
  ]);
});

it.each([2, 3, 16, 17])("takes every pair of %d vectors once", (count) => {
  const all = vectors(count);
  const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => dot(a, b)));
  expect(sorted(cosinesWithin(all))).toEqual(sorted(pairs));
});

it.each([
  [3, 5],
  [5, 3],
])("takes every pair of one of %d and one of %d vectors once", (some, others) => {
  const [first, second] = [vectors(some), vectors(others)];
  const pairs = first.flatMap((a) => second.map((b) => dot(a, b)));
  expect(sorted(cosinesAcross(first, second))).toEqual(sorted(pairs));
});

it("takes about 20,000 pairs of many vectors, which tell what all of them do", () => {
  const [first, second] = [vectors(400), vectors(300)];
  const within = cosinesWithin(first);
  const across = cosinesAcross(first, second);
  expect(within).toHaveLength(20_000);
  expect(across).toHaveLength(20_000);
  const all = cosineDistribution(Float64Array.from(first.flatMap((a) => second.map((b) => dot(a, b)))));
  const some = cosineDistribution(across);
  expect(some.mean).toBeCloseTo(all.mean, 2);
  expect(some.spread).toBeCloseTo(all.spread, 2);
});
