import { normalise } from "../../../../src/documents/vector";
import type { Content } from "../../../../src/evaluation/data-set/data-set";
import { measureRerank } from "../../../../src/evaluation/measure/measure-rerank";
import { summariseRerank } from "../../../../src/evaluation/report/summarise";
import type { EmbeddedDataSet } from "../../../../src/evaluation/vectors/embed-data-set";
import type { RerankContent } from "../../../../src/ports/reranker";
import { modelCalibration } from "../../../../src/search/ranking/model-calibration";
import { randomNumbers, randomVector } from "../../../support/documents";

const DIMENSION = 24;
const THINGS = 30;
const random = randomNumbers(8);
const topics = Array.from({ length: THINGS }, () => randomVector(random, DIMENSION));
const entry = (id: string, thing: string, kind: "text" | "image", vector: Float32Array, tag: string | null = null) => {
  const content: Content = kind === "text" ? { kind, text: id } : { kind, path: id };
  return { id, thing, split: null, tag, line: 1, kind, content, vector };
};
/** Every query is nearer to the next thing than to its own. */
const between = (i: number) =>
  normalise(topics[i]!.map((value, at) => 0.45 * value + 0.55 * topics[(i + 1) % THINGS]![at]!));
const dataSet: EmbeddedDataSet = {
  name: "",
  description: "",
  licence: "",
  relevantFrom: 1,
  documents: topics.flatMap((topic, i) =>
    (["text", "image"] as const).map((kind) => entry(`${i}.${kind}`, String(i), kind, topic)),
  ),
  queries: topics.map((_, i) => entry(`${i}`, "", "text", between(i), i % 2 ? "odd" : "even")),
  grades: new Map(topics.map((_, i) => [`${i}`, new Map([`${i}.text`, `${i}.image`].map((id) => [id, 1]))])),
};
const strangers = () => Array.from({ length: 200 }, () => randomVector(random, DIMENSION));
const samples = { text: strangers(), image: strangers() };
const calibration = modelCalibration({ queries: samples, documents: samples });

/** `best`: what it gives to the text of the query's thing; others get 0. */
function measuring(best: number, fail = false) {
  const score = async (query: string, documents: readonly RerankContent[]) => {
    if (fail) throw new TypeError("broken");
    return documents.map((one) => (one.kind === "text" && one.text === `${query}.text` ? best : 0));
  };
  const reranker = { name: "told", takesPictures: false, score, close: async () => undefined };
  return { stage: { reranker, timeoutMs: 10_000, readPicture: async () => null }, candidates: 20 };
}
const measure = async (best: number) =>
  summariseRerank(await measureRerank(dataSet, calibration, measuring(best), 1), 1);

it("tells by task and tag what a reranker that knows the answers wins, among pictures less", async () => {
  const reports = await measure(1);
  expect(reports.map(({ task, tag, queries }) => [task, tag, queries])).toEqual(
    ["t2t", "t2both", "t2half"].flatMap((task) => ["even", "odd"].map((tag) => [task, tag, 15])),
  );
  const gains = reports.map(({ before, after, ahead }) => {
    expect(ahead.mean).toBeCloseTo(after - before, 9);
    return ahead.mean;
  });
  const gainOf = (at: number) => (gains[at]! + gains[at + 1]!) / 2;
  expect(reports[0]!.after).toBe(1);
  expect(gainOf(0)).toBeGreaterThan(0.2);
  expect(gainOf(4)).toBeGreaterThan(0.05);
  expect(gainOf(4)).toBeLessThan(gainOf(0));
});

it("tells what a reranker loses that is wrong", async () => {
  const [texts] = await measure(-1);
  expect(texts!.ahead.high).toBeLessThan(0);
});

it("measures nothing of a reranker that fails", async () => {
  const measured = measureRerank(dataSet, calibration, measuring(1, true), 1);
  await expect(measured).rejects.toMatchObject({ code: "RERANK_FAILED" });
});
