import { PCA } from "ml-pca";
import { principalPlane } from "../../../src/projection/principal-plane";
import type { Vector } from "../../../src/documents/document";
import { dot } from "../../../src/documents/vector";
import { randomNumbers, randomVector } from "../../support/documents";

const DIMENSION = 40;

function rightAngles(random: () => number): [Vector, Vector] {
  const first = randomVector(random, DIMENSION);
  const other = randomVector(random, DIMENSION);
  const share = dot(first, other);
  const rest = other.map((value, i) => value - share * first[i]!);
  return [first, rest.map((value) => value / Math.sqrt(dot(rest, rest)))];
}

it("finds the axes of an ellipse, wherever it lies", async () => {
  const random = randomNumbers(5);
  const [long, short] = rightAngles(random);
  const middle = randomVector(random, DIMENSION);
  const angles = Array.from({ length: 60 }, (_, i) => (2 * Math.PI * i) / 60);
  const vectors = angles.map((angle) =>
    middle.map((value, i) => value + 3 * Math.cos(angle) * long[i]! + Math.sin(angle) * short[i]!),
  );
  const { places, explained } = await principalPlane(vectors);
  // Each axis may point either way.
  const [x, y] = [Math.sign(places[0]!.x), Math.sign(places[15]!.y)];
  angles.forEach((angle, i) => {
    expect(x * places[i]!.x).toBeCloseTo(3 * Math.cos(angle), 4);
    expect(y * places[i]!.y).toBeCloseTo(Math.sin(angle), 4);
  });
  expect(explained[0]).toBeCloseTo(0.9, 5);
  expect(explained[1]).toBeCloseTo(0.1, 5);
  expect(await principalPlane(vectors)).toEqual({ places, explained });
});

it("comes to what PCA in all dimensions comes to", async () => {
  const random = randomNumbers(7);
  const vectors = Array.from({ length: 120 }, () =>
    Float32Array.from({ length: DIMENSION }, (_, i) => (random() - 0.5) / (1 + i)),
  );
  const rows = vectors.map((vector) => [...vector]);
  const exact = new PCA(rows);
  const scores = exact.predict(rows);
  const { places, explained } = await principalPlane(vectors);
  places.forEach(({ x, y }, i) => {
    expect(Math.abs(x)).toBeCloseTo(Math.abs(scores.get(i, 0)), 4);
    expect(Math.abs(y)).toBeCloseTo(Math.abs(scores.get(i, 1)), 4);
  });
  expect(explained[0]).toBeCloseTo(exact.getExplainedVariance()[0]!, 5);
  expect(explained[1]).toBeCloseTo(exact.getExplainedVariance()[1]!, 5);
});

it("puts all in one place or on one line where there is no more to see", async () => {
  const same = await principalPlane([Float32Array.of(1, 0), Float32Array.of(1, 0)]);
  expect(same).toEqual({
    places: [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ],
    explained: [0, 0],
  });
  const line = await principalPlane([1, 2, 3, 6].map((length) => Float32Array.of(length, 0, 0)));
  expect(line.places.map(({ x }) => Math.abs(x))).toEqual([2, 1, 0, 3]);
  expect(line.places.map(({ y }) => y)).toEqual([0, 0, 0, 0]);
  expect(line.explained).toEqual([1, 0]);
});

it("lets others have their turn meanwhile", async () => {
  const random = randomNumbers(9);
  const vectors = Array.from({ length: 1_000 }, () => randomVector(random, 64));
  let turns = 0;
  let isDone = false;
  const turn = () => {
    turns++;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await principalPlane(vectors);
  isDone = true;
  expect(turns).toBeGreaterThan(20);
});
