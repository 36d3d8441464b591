import { pairedBootstrap } from "../../../../src/evaluation/metrics/bootstrap";
import { gradedNdcgAt, reciprocalRankAt } from "../../../../src/evaluation/metrics/metrics";

describe("gradedNdcgAt", () => {
  const grades = new Map([
    ["cat", 3],
    ["lion", 1],
    ["lynx", 1],
  ]);

  it("gains 2^grade - 1, discounted by place", () => {
    // Found: 1 at 1, 7 at 3. Ideal: 7, 1, 1.
    const found = 1 + 7 / 2;
    const ideal = 7 + 1 / Math.log2(3) + 1 / 2;
    expect(gradedNdcgAt(10, ["lion", "dog", "cat"], grades)).toBeCloseTo(found / ideal, 12);
    expect(found / ideal).toBeCloseTo(0.5534, 4);
  });

  it("is 1 for the ideal order, and takes the ideal from all graded documents", () => {
    expect(gradedNdcgAt(10, ["cat", "lynx", "lion"], grades)).toBe(1);
    expect(gradedNdcgAt(1, ["cat", "dog"], grades)).toBe(1);
    expect(gradedNdcgAt(10, ["cat"], grades)).toBeCloseTo(7 / (7 + 1 / Math.log2(3) + 1 / 2), 12);
    expect(gradedNdcgAt(10, ["cat"], new Map())).toBe(0);
  });
});

it("takes the reciprocal of the first relevant place, within k", () => {
  expect(reciprocalRankAt(10, ["dog", "cow", "cat", "lion"], new Set(["cat", "lion"]))).toBe(1 / 3);
  expect(reciprocalRankAt(2, ["dog", "cow", "cat"], new Set(["cat"]))).toBe(0);
});

describe("pairedBootstrap", () => {
  const values = Array.from({ length: 400 }, (_, i) => (i % 4) / 4);

  it("is certain of a difference that every query has", () => {
    const { mean, low, high } = pairedBootstrap(
      values.map((value) => value + 0.25),
      values,
      1,
    );
    expect([mean, low, high]).toEqual([0.25, 0.25, 0.25]);
  });

  it("has the width that the central limit theorem gives, and repeats", () => {
    // Half of 400 differ by 1: the mean is 0.5, its standard error 0.5 / 20.
    const half = values.map((_, i) => i % 2);
    const interval = pairedBootstrap(
      half,
      Array.from(half, () => 0),
      7,
    );
    expect(interval.mean).toBe(0.5);
    expect(Math.abs(interval.low - (0.5 - 1.96 * 0.025))).toBeLessThan(0.01);
    expect(Math.abs(interval.high - (0.5 + 1.96 * 0.025))).toBeLessThan(0.01);
    expect(
      pairedBootstrap(
        half,
        Array.from(half, () => 0),
        7,
      ),
    ).toEqual(interval);
  });

  it("refuses lists that are no pairs", () => {
    expect(() => pairedBootstrap([1], [1, 2], 1)).toThrow(/Paired/);
  });
});
