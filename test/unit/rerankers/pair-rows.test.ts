import { longestFirst, pairRows, type Tokenize } from "../../../src/rerankers/pair-rows";

/** One token a word, 1, 2, …; pairs as RoBERTa has them: 100 a 102 102 b 102. */
const tokenize: Tokenize = (text, { pair, special }) => {
  const words = (of: string) =>
    of
      .split(" ")
      .filter(Boolean)
      .map((word) => word.length);
  if (!special || pair === null) return { ids: words(text), types: words(text).map(() => 0) };
  const [one, other] = [words(text), words(pair)];
  const ids = [100, ...one, 102, 102, ...other, 102];
  return { ids, types: ids.map((_, i) => (i < one.length + 2 ? 0 : 1)) };
};
const words = (count: number) => Array.from({ length: count }, (_, i) => "x".repeat(1 + (i % 9))).join(" ");

it.each([
  [3, 4, 10, [3, 4]],
  [2, 20, 10, [2, 8]],
  [20, 2, 10, [8, 2]],
  [20, 30, 11, [5, 6]],
  [30, 20, 11, [6, 5]],
  [5, 6, 10, [5, 5]],
] as const)("cuts %i and %i tokens to %i in all", (one, other, room, wanted) => {
  expect(longestFirst(one, other, room)).toEqual(wanted);
});

it("keeps what stands around and between both, and the beginnings of both", () => {
  const [short, long, none] = pairRows(tokenize, words(4), [words(3), words(30), ""], 16);
  expect(short).toMatchObject({ index: 0, ids: [100, 1, 2, 3, 4, 102, 102, 1, 2, 3, 102], truncated: false });
  expect(long!.ids).toEqual([100, 1, 2, 3, 4, 102, 102, 1, 2, 3, 4, 5, 6, 7, 8, 102]);
  expect(long!.types).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(long!.truncated).toBe(true);
  expect(none!.ids).toEqual([100, 1, 2, 3, 4, 102, 102, 102]);
});

it("cuts a long query too", () => {
  const [row] = pairRows(tokenize, words(40), [words(2)], 16);
  expect(row!.ids).toHaveLength(16);
  expect(row!.ids.slice(-5)).toEqual([102, 102, 1, 2, 102]);
});
