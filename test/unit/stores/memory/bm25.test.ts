import { bm25 } from "../../../../src/stores/memory/bm25";

const rounded = (scores: number[]) => scores.map((score) => Number(score.toFixed(4)));

it("scores as the formula says, by hand", () => {
  // Mean length 2; "cat" is in 2 of 3 texts: ln(1 + 1.5 / 2.5) = 0.4700.
  // Length 1: 2.2 / (1 + 1.2 * 0.625) = 1.2571. Twice in length 3: 4.4 / (2 + 1.2 * 1.375) = 1.2055.
  expect(rounded(bm25(["cat", "cat, Cat dog", "bird fish"], "CAT"))).toEqual([0.5909, 0.5666, 0]);
});

it("adds up the words of a query, each as often as it stands there", () => {
  const texts = ["red cat", "blue dog", "green bird"];
  const [both] = bm25(texts, "red cat");
  expect(both).toBeCloseTo(bm25(texts, "red")[0]! + bm25(texts, "cat")[0]!, 10);
  expect(bm25(texts, "red red")[0]).toBeCloseTo(2 * bm25(texts, "red")[0]!, 10);
});

it("is 0 where nothing is shared, and never below, however common a word", () => {
  expect(bm25([], "cat")).toEqual([]);
  expect(bm25(["", "?"], "cat")).toEqual([0, 0]);
  expect(bm25(["cat", "dog"], "")).toEqual([0, 0]);
  for (const score of bm25(["cat", "cat a", "the cat"], "cat")) expect(score).toBeGreaterThan(0);
});
