import { FLOORS, shortfalls } from "../../../../src/evaluation/samples/floors";
import { scoreTask, type Item, type Scores } from "../../../../src/evaluation/samples/score-task";
import { calibrationOf, EMPTY_COLLECTION } from "../../../../src/search/ranking/calibration";
import { modelCalibration } from "../../../../src/search/ranking/model-calibration";
import type { Modality } from "../../../../src/documents/document";

const zero = new Float32Array(2);
const samples = { text: [zero, zero], image: [zero, zero] };
const none = calibrationOf(modelCalibration({ queries: samples, documents: samples }), EMPTY_COLLECTION);
const item = (topic: string, degrees: number, kind: Modality = "text"): Item<string> => {
  const angle = (degrees * Math.PI) / 180;
  return { kind, topic, vector: Float32Array.of(Math.cos(angle), Math.sin(angle)) };
};
const task = { name: "task", ranking: "cosine", isRelevant: (a: string, b: string) => a === b } as const;

it("scores where the answers come, over both modalities", () => {
  const documents = [item("dog", 5), item("cat", 10, "image"), item("cat", 80)];
  const scores = scoreTask({ ...task, queries: [item("cat", 0)], documents }, none);
  const [gained, ideal] = [1 / Math.log2(3) + 1 / Math.log2(4), 1 + 1 / Math.log2(3)];
  expect(scores).toMatchObject({ queries: 1, documents: 3, recallAt1: 0, recallAt5: 1 });
  expect(scores.ndcgAt10).toBeCloseTo(gained / ideal, 3);
});

it("does not let a query find itself, and leaves out what nothing answers", () => {
  const documents = [item("cat", 0), item("dog", 1), item("cat", 2), item("owl", 3)];
  const scores = scoreTask({ ...task, queries: documents, documents }, none);
  expect(scores).toMatchObject({ queries: 2, recallAt1: 0, recallAt5: 1 });
});

const reached = Object.entries(FLOORS).map(([name, floors]): Scores => ({
  task: name,
  queries: 1,
  documents: 1,
  recallAt1: 0,
  recallAt5: 0,
  ndcgAt10: 0,
  ...floors,
}));

it("is content with figures at their floors", () => {
  expect(shortfalls(reached)).toEqual([]);
});

it("names what is below its floor, or was not measured", () => {
  const [first, ...rest] = reached;
  expect(shortfalls([{ ...first!, recallAt1: 0.1 }, ...rest])).toEqual([
    "OpenMoji: text → image: recallAt1 is 0.1, its floor 0.24",
  ]);
  expect(shortfalls([{ ...first!, recallAt1: Number.NaN }, ...rest])).toHaveLength(1);
  expect(shortfalls(rest)).toHaveLength(2);
});
