import { Background } from "../../../../src/search/ranking/background";
import { VectorBlock } from "../../../../src/search/ranking/dots/vector-block";
import { dot, normalise } from "../../../../src/documents/vector";
import { randomNumbers, randomVector } from "../../../support/documents";

const random = randomNumbers(9);
const some = (count: number) => Array.from({ length: count }, () => randomVector(random));
const query = randomVector(random);

it("tells the mean and how far above it the nearest fiftieth is", () => {
  const documents = some(100);
  const cosines = documents.map((one) => dot(query, one)).sort((a, b) => b - a);
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const level = new Background(documents, [], 0).levelOf(query);
  expect(level.mean).toBeCloseTo(mean(cosines), 6);
  expect(level.reach).toBeCloseTo(mean(cosines.slice(0, 2)) - mean(cosines), 6);
});

it("blends what is stored in by its share", () => {
  const [general, stored] = [some(60), some(60)];
  const level = (share: number) => new Background(general, stored, share).levelOf(query);
  for (const key of ["mean", "reach"] as const)
    expect(level(0.25)[key]).toBeCloseTo(0.75 * level(0)[key] + 0.25 * level(1)[key], 6);
});

it("has a reach above 0 where all documents are alike, or there is one", () => {
  for (const count of [1, 50]) {
    const level = new Background(Array<Float32Array>(count).fill(query), [], 0).levelOf(query);
    expect(level).toEqual({ mean: expect.closeTo(1, 5), reach: 1e-3 });
  }
});

it("does not need what is stored where it has no share", () => {
  expect(new Background(some(30), [], 0).levelOf(normalise(query)).reach).toBeGreaterThan(0);
});

it("looks at its documents once for a query that is asked again, and never takes another for it", () => {
  const background = new Background(some(100), some(100), 0.5);
  const dots = jest.spyOn(VectorBlock.prototype, "dots");
  const [one, other] = [randomVector(random), randomVector(random)];
  const levels = [one, other, one].map((vector) => background.levelOfQuery(vector, normalise(vector)));
  expect(dots).toHaveBeenCalledTimes(4);
  expect(levels).toEqual([one, other, one].map((vector) => background.levelOf(normalise(vector))));
});
