import type { Content } from "../../../../src/evaluation/data-set/data-set";
import { measureTasks, RANKINGS } from "../../../../src/evaluation/measure/measure-tasks";
import { ceilingAt, measureSweep } from "../../../../src/evaluation/measure/sweep";
import { sweepPlot } from "../../../../src/cli/evaluate/sweep-plot";
import { summariseSweep, summariseTasks } from "../../../../src/evaluation/report/summarise";
import type { EmbeddedDataSet, EvaluatedDocument } from "../../../../src/evaluation/vectors/embed-data-set";
import { modelCalibration } from "../../../../src/search/ranking/model-calibration";
import { normalise } from "../../../../src/documents/vector";
import { randomNumbers, randomVector } from "../../../support/documents";

const DIMENSION = 24;
const random = randomNumbers(5);
const gap = { text: randomVector(random, DIMENSION), image: randomVector(random, DIMENSION) };
/** Mostly what its kind has in common, as CLIP's vectors are. */
const near = (topic: Float32Array, kind: "text" | "image") =>
  normalise(topic.map((value, i) => 0.5 * value + 1.5 * gap[kind][i]!));

const topics = Array.from({ length: 40 }, () => randomVector(random, DIMENSION));
const entry = (id: string, thing: string, kind: "text" | "image", vector: Float32Array) => {
  const content: Content = kind === "text" ? { kind, text: id } : { kind, path: id };
  return { id, thing, split: null, tag: null, line: 1, kind, content, vector };
};
const documents: EvaluatedDocument[] = topics.flatMap((topic, i) =>
  (["text", "image"] as const).map((kind) => entry(`${i}.${kind}`, String(i), kind, near(topic, kind))),
);
const queries = topics.map((topic, i) => entry(`q${i}`, "", "text", near(topic, "text")));
const grades = new Map(
  queries.map(({ id }, i) => [
    id,
    new Map([
      [`${i}.text`, 1],
      [`${i}.image`, 1],
    ]),
  ]),
);
const dataSet: EmbeddedDataSet = {
  name: "",
  description: "",
  licence: "",
  relevantFrom: 1,
  documents,
  queries,
  grades,
};
const strangers = (kind: "text" | "image") =>
  Array.from({ length: 200 }, () => near(randomVector(random, DIMENSION), kind));
const samples = { text: strangers("text"), image: strangers("image") };
const calibration = modelCalibration({ queries: samples, documents: samples });

const sweep = async () => {
  const [measured, ...others] = await measureSweep(dataSet, { calibration, rankings: RANKINGS, seed: 1 });
  expect(others).toEqual([]);
  return measured!;
};

it("finds each kind alone, and both in one list only where the gap is taken out", async () => {
  const reports = summariseTasks(await measureTasks(dataSet, calibration, RANKINGS), 1);
  const of = (task: string, ranking: string) => reports.find((one) => one.task === task && one.ranking === ranking);
  expect(reports.map(({ task, ranking }) => `${task} ${ranking}`)).toEqual([
    "t2t calibrated",
    "t2t cosine",
    "t2i calibrated",
    "t2i cosine",
    ...RANKINGS.map((ranking) => `t2both ${ranking}`),
  ]);
  expect(of("t2t", "cosine")).toMatchObject({ queries: 40, documents: 40, recallAt1: 1, mrrAt10: 1, ndcgAt10: 1 });
  expect(of("t2both", "calibrated")!.recallAt5).toBeGreaterThan(0.9);
  expect(of("t2both", "cosine")!.recallAt5).toBeLessThan(0.6);
  expect(of("t2both", "cosine")!.firstAhead!.low).toBeGreaterThan(0.2);
  expect(of("t2both", "calibrated")!.firstAhead).toBeNull();
});

it("does not let a query find itself", async () => {
  const asDocuments = {
    ...dataSet,
    queries: documents,
    grades: new Map(
      documents.map(({ id, thing }) => [
        id,
        new Map([
          [id, 1],
          [`${thing}.image`, 1],
        ]),
      ]),
    ),
  };
  const measured = await measureTasks(asDocuments as unknown as EmbeddedDataSet, calibration, ["cosine"]);
  const tasks = measured.map(({ task, queries: scores }) => [task, scores.length]);
  // Of the texts each has its picture left, and the pictures have nothing but themselves.
  expect(tasks).toEqual([
    ["t2i", 40],
    ["t2both", 40],
  ]);
});

it("sweeps from texts only to pictures only, against the same ceiling for every ranking", async () => {
  const measured = await sweep();
  const { points, queries: count } = summariseSweep(measured, RANKINGS, 1);
  expect(count).toBe(40);
  expect(points.map(({ share }) => share)).toEqual([0, 0.1, 0.25, 0.5, 0.75, 0.9, 1, null]);
  expect(points[0]!.ceiling).toBe(measured.alone.text);
  expect(points[6]!.ceiling).toBe(measured.alone.image);
  expect(points[3]!.ceiling).toBeCloseTo((measured.alone.text + measured.alone.image) / 2, 12);
  expect(ceilingAt(0.25, { alone: { text: 0.8, image: 0.4 } })).toBeCloseTo(0.7, 12);
  const at = (place: number, ranking: string) => points[place]!.rankings.find((one) => one.ranking === ranking)!;
  expect(at(3, "calibrated").ndcgAt10).toBeGreaterThan(0.92 * points[3]!.ceiling!);
  expect(at(3, "cosine").ndcgAt10).toBeLessThan(at(3, "calibrated").ndcgAt10 - 0.1);
  expect(await sweep()).toEqual(measured);
});

it("refuses to sweep where no thing is there as both", async () => {
  const texts = { ...dataSet, documents: documents.filter(({ kind }) => kind === "text") };
  await expect(measureSweep(texts, { calibration, rankings: RANKINGS, seed: 1 })).rejects.toThrow(
    /Give documents a `thing`/,
  );
});

it("draws a line for each ranking and the ceiling, at their figures", async () => {
  const report = summariseSweep(await sweep(), ["calibrated", "cosine"], 1);
  const svg = sweepPlot([{ model: "a<b", sweep: report }], "Pets & more");
  const lines = [...svg.matchAll(/points="([^"]+)"/g)].map(([, points]) =>
    points!.split(" ").map((point) => point.split(",").map(Number)),
  );
  expect(lines).toHaveLength(3);
  expect(lines.every((line) => line.length === 7)).toBe(true);
  expect(svg).toContain("<title>Pets &amp; more</title>");
  expect(svg).toContain("a&lt;b");
  // The higher the figure, the smaller y.
  const [, calibrated, cosine] = lines as [number[][], number[][], number[][]];
  expect(calibrated[3]![1]!).toBeLessThan(cosine[3]![1]!);
});
