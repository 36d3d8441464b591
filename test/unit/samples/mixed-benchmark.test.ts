import { benchmarkThings } from "../../../src/samples/benchmark-things";
import { textAbout, wordsFor } from "../../../src/samples/benchmark-texts";
import { GRADES, mixedBenchmark } from "../../../src/samples/mixed-benchmark";

const things = benchmarkThings();
const { documents, queries, qrels } = mixedBenchmark();

it("has each thing as a text and as a picture that mini-clip's training never showed", () => {
  expect(things.length).toBeGreaterThan(800);
  expect(documents).toHaveLength(2 * things.length);
  expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
  expect(new Set(queries.map(({ id }) => id)).size).toBe(queries.length);
  const sets = (entries: typeof documents | typeof queries) =>
    new Set(entries.flatMap(({ content }) => (content.kind === "image" ? [content.drawing.set] : [])));
  expect([...sets(documents)]).toEqual(["openmoji"]);
  expect(sets(queries).has("openmoji")).toBe(false);
});

it("asks by words that the thing's text and label do not have", () => {
  const asked = things.flatMap((thing) => (wordsFor(thing) === null ? [] : [{ thing, words: wordsFor(thing)! }]));
  expect(asked.length).toBeGreaterThan(400);
  for (const { thing, words } of asked)
    for (const word of words)
      expect([thing.label, ...thing.told].map((told) => told.toLowerCase())).not.toContain(word);
  expect(new Set(things.map(textAbout)).size).toBe(things.length);
});

it("puts a third of the things aside to tune on, and grades nothing across", () => {
  const tune = things.filter(({ split }) => split === "tune").length;
  expect(tune / things.length).toBeGreaterThan(0.28);
  expect(tune / things.length).toBeLessThan(0.39);
  const splits = new Map([...documents, ...queries].map(({ id, split }) => [id, split]));
  expect(qrels.filter(([query, document]) => splits.get(query) !== splits.get(document))).toEqual([]);
});

it("grades the thing itself best, and a moderate number of its kin", () => {
  const best = qrels.filter(([, , grade]) => grade === GRADES.same);
  const answered = queries.filter(({ tag }) => tag !== "absent" && tag !== "elsewhere");
  expect(best).toHaveLength(2 * answered.length);
  for (const [query, document] of best) expect(query.split(".")[0]).toBe(document.split(".")[0]);
  const others = (qrels.length - best.length) / answered.length / 2;
  expect(others).toBeGreaterThan(1);
  expect(others).toBeLessThan(4);
});

it("asks for what is not there, without grading anything for it", () => {
  const unanswered = queries.filter(({ tag }) => tag === "absent" || tag === "elsewhere");
  expect(unanswered.filter(({ tag }) => tag === "absent").length).toBeGreaterThan(50);
  expect(unanswered.filter(({ tag }) => tag === "elsewhere").length).toBeGreaterThan(20);
  const ids = new Set(unanswered.map(({ id }) => id));
  expect(qrels.filter(([query]) => ids.has(query))).toEqual([]);
});
