import { meanOf, normalise } from "../../../../src/documents/vector";
import { domainShift } from "../../../../src/search/ranking/domain-shift";
import { randomNumbers, randomVector } from "../../../support/documents";

const DIMENSION = 64;
const random = randomNumbers(5);
const constant = randomVector(random, DIMENSION);
/** Vectors of a tower whose output has this much of a constant. */
const tower = (count: number, moved: number) =>
  Array.from({ length: count }, () =>
    normalise(randomVector(random, DIMENSION).map((value, i) => value + moved * constant[i]!)),
  );
const general = meanOf(tower(1_000, 0));

it("is nothing where what is stored lies as things in general do, however few there are", () => {
  for (const count of [16, 30, 100, 1_000]) expect(domainShift(general, tower(count, 0))).toBe(0);
});

it("is the whole where a constant as long as the vectors was added, and grows up to there", () => {
  const shifts = [0.3, 0.6, 0.8, 1, 2].map((moved) => domainShift(general, tower(200, moved)));
  expect(shifts[0]).toBe(0);
  expect(shifts).toEqual([...shifts].sort((a, b) => a - b));
  expect(shifts[2]).toBeGreaterThan(0);
  expect(shifts.at(-1)).toBe(1);
});
