import { pageBatches } from "../../../../src/ingestion/pdf/page-batches";

const batches = (lengths: readonly number[], most = 4) =>
  [
    ...pageBatches(
      lengths.map((length) => "x".repeat(length)),
      most,
    ),
  ].map(({ first, last }) => [first, last]);

it.each([
  [
    "short pages, so many at once",
    [1, 1, 1, 1, 1, 1, 1, 1, 1],
    [
      [1, 4],
      [5, 8],
      [9, 9],
    ],
  ],
  ["as many as just fill it", [1, 1, 1, 1], [[1, 4]]],
  [
    "long pages, fewer at once",
    [7_000, 7_000, 7_000, 7_000, 7_000],
    [
      [1, 2],
      [3, 4],
      [5, 5],
    ],
  ],
  [
    "a page beyond all measure, alone",
    [1, 60_000, 1, 1],
    [
      [1, 1],
      [2, 2],
      [3, 4],
    ],
  ],
  [
    "pages without a text",
    [0, 0, 0, 0, 0],
    [
      [1, 4],
      [5, 5],
    ],
  ],
  ["no pages", [], []],
])("takes %s", (_, lengths, expected) => {
  expect(batches(lengths)).toEqual(expected);
});
