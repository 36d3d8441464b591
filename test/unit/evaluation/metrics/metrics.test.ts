import { ndcgAt, recallAt } from "../../../../src/evaluation/metrics/metrics";

const relevant = new Set(["cat", "kitten"]);

describe("recallAt", () => {
  it("is the share of the relevant documents that are found early enough", () => {
    expect(recallAt(1, ["cat", "kitten", "dog"], relevant)).toBe(0.5);
    expect(recallAt(2, ["cat", "kitten", "dog"], relevant)).toBe(1);
    expect(recallAt(2, ["dog", "car", "cat"], relevant)).toBe(0);
  });

  it("is 0 where nothing is relevant", () => {
    expect(recallAt(5, ["cat"], new Set<string>())).toBe(0);
  });
});

describe("ndcgAt", () => {
  it("is 1 when the relevant documents come first, in whichever order", () => {
    expect(ndcgAt(10, ["kitten", "cat", "dog"], relevant)).toBe(1);
    expect(ndcgAt(1, ["kitten", "dog", "cat"], relevant)).toBe(1);
  });

  it("discounts a document by the logarithm of its place", () => {
    expect(ndcgAt(10, ["dog", "car", "cat"], new Set(["cat"]))).toBeCloseTo(1 / Math.log2(4), 12);
    expect(ndcgAt(2, ["dog", "car", "cat"], new Set(["cat"]))).toBe(0);
  });

  it("holds relevant documents that were not found against the ranking", () => {
    expect(ndcgAt(10, ["cat", "dog"], relevant)).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
  });

  it("is 0 where nothing is relevant", () => {
    expect(ndcgAt(10, ["cat"], new Set<string>())).toBe(0);
  });
});
