import { calibrationOf, EMPTY_COLLECTION } from "../../../src/search/ranking/calibration";
import { imageDocument, textDocument } from "../../support/documents";
import { calibrationFor, GappedVectors } from "../../support/gapped-vectors";
import { MemorySearch } from "../../support/memory-search";

const vectors = new GappedVectors(7);
const model = vectors.model();
const calibration = calibrationOf(model, EMPTY_COLLECTION);
const topic = vectors.topic();
const query = vectors.about(topic, "text");
const idsOf = (hits: readonly { document: { id: string } }[]) => hits.map(({ document }) => document.id);
/** A text whose share of the topic is `share`; the nearer to 1, the better it answers. */
const other = vectors.topic();
const text = (name: string, share: number, metadata = {}) =>
  textDocument(name, { metadata, vector: vectors.about(mix(share), "text") });
const picture = (name: string, share: number, metadata = {}) =>
  imageDocument(name, { metadata, vector: vectors.about(mix(share), "image") });
const mix = (share: number) => topic.map((value, i) => share * value + (1 - share) * other[i]!);

let search: MemorySearch;
beforeEach(() => {
  search = new MemorySearch(query, calibration);
});

it("never looks deeper than a store can answer", async () => {
  const crowd = Array.from({ length: 9_000 }, (_, i) => text(`crowd ${i}`, 0.9, { group: "one" }));
  await search.add(...crowd);
  const { hits } = await search.page({ groupBy: { metadataKey: "group", size: 1 } });
  expect(hits).toHaveLength(1);
  expect(Math.max(...search.depths)).toBeLessThanOrEqual(8_192);
});

it("puts groups in the order of scores where a large one hides the others of its modality", async () => {
  const crowd = Array.from({ length: 400 }, (_, i) => text(`crowd ${i}`, 1 - i / 10_000, { group: "crowd" }));
  const good = [text("b", 0.8, { group: "b" }), text("c", 0.75, { group: "c" })];
  const pictures = Array.from({ length: 50 }, (_, i) =>
    picture(`p ${i}`, 0.3 - i / 1_000, { group: i === 0 ? "b" : i }),
  );
  await search.add(...crowd, ...good, ...pictures);
  const hits = await search.all({ groupBy: { metadataKey: "group", size: 1 }, first: 3 });
  expect(hits.map(({ group }) => group)).toEqual(["crowd", "b", "c", ...Array.from({ length: 49 }, (_, i) => i + 1)]);
  expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((x, y) => y - x));
});

it("keeps the size of a group whose shown hit was deleted meanwhile", async () => {
  const some = Array.from({ length: 30 }, (_, i) => text(`t ${i}`, 0.9 - i / 100, { group: i % 10 }));
  await search.add(...some);
  const hits = await search.all({ groupBy: { metadataKey: "group", size: 1 }, first: 4 }, async (pages) => {
    if (pages === 1) await search.store.delete("default", { kind: "id", in: [some[0]!.document.id] });
  });
  expect(hits.map(({ group }) => group).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it("finds groups behind a large one when a score is asked for that one modality does not reach", async () => {
  const crowd = Array.from({ length: 100 }, (_, i) => text(`crowd ${i}`, 1 - i / 10_000, { group: "crowd" }));
  const good = Array.from({ length: 5 }, (_, i) => text(`good ${i}`, 0.8, { group: i }));
  await search.add(...crowd, ...good, ...Array.from({ length: 60 }, (_, i) => picture(`p ${i}`, 0)));
  const request = { ranking: "cosine", groupBy: { metadataKey: "group", size: 1 } } as const;
  const minScore = 0.9;
  const hits = await search.all({ ...request, minScore });
  expect(hits.map(({ group }) => group)).toEqual(["crowd", ...good.map(() => expect.any(Number))]);
  expect(hits.every(({ score }) => score >= minScore)).toBe(true);
});

it("goes on behind the last page after a look back at an earlier one", async () => {
  await search.add(...Array.from({ length: 30 }, (_, i) => text(`t ${i}`, 0.9 - i / 100)));
  const [one] = [await search.page({})];
  const two = await search.page({ after: one.hits.at(-1)!.position() });
  const three = await search.page({ after: two.hits.at(-1)!.position() });
  const again = await search.page({ after: one.hits.at(-1)!.position() });
  expect(idsOf(again.hits)).toEqual(idsOf(two.hits));
  const four = await search.page({ after: three.hits.at(-1)!.position() });
  expect(four.hits.map(({ rank }) => rank)).toEqual([22, 23, 24, 25, 26, 27, 28]);
  const shown = idsOf([...one.hits, ...two.hits, ...three.hits, ...four.hits]);
  expect(new Set(shown).size).toBe(28);
});

it("makes the first 100 hits differ, however many are asked for, and shows all of them once", async () => {
  const strangers = vectors.strangers("text", 540).map((vector, i) => textDocument(`stranger ${i}`, { vector }));
  await search.add(...Array.from({ length: 60 }, (_, i) => text(`t ${i}`, 0.9 - i / 1e5)), ...strangers);
  for (const first of [7, 600]) {
    const hits = await search.all({ diversity: 0.9, first });
    expect(new Set(idsOf(hits)).size).toBe(600);
    const scores = hits.slice(100).map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const diverse = hits.slice(0, 100).map(({ score }) => score);
    expect(diverse).not.toEqual([...diverse].sort((a, b) => b - a));
  }
});

/** Rankings that no last score tells how to go on with. */
const MADE_BY_MORE = [
  { ranking: "rrf" },
  { ranking: "interleaved" },
  { keywords: "t" },
  { groupBy: { metadataKey: "group", size: 1 } },
  { diversity: 0.1 },
] as const;

describe("a ranking that is not kept any more", () => {
  it("goes on by score, also among documents whose scores differ in the last digits only", async () => {
    const almost = Array.from({ length: 30 }, (_, i) => text(`t ${i}`, 0.9 - i * 2e-8));
    await search.add(...almost, ...Array.from({ length: 30 }, (_, i) => picture(`p ${i}`, 0.8 - i / 100)));
    for (const ranking of ["calibrated", "cosine"] as const) {
      const hits = await search.all({ ranking }, async () => search.restart());
      expect(hits.map(({ rank }) => rank)).toEqual(hits.map((_, i) => i + 1));
      expect(new Set(idsOf(hits)).size).toBe(60);
    }
  });

  it("goes on where its last hit was deleted", async () => {
    const some = Array.from({ length: 20 }, (_, i) => text(`t ${i}`, 0.9 - i / 100));
    await search.add(...some);
    const { hits } = await search.page({});
    search.restart();
    await search.store.delete("default", { kind: "id", in: [hits.at(-1)!.document.id] });
    const rest = await search.all({ after: hits.at(-1)!.position() });
    expect(idsOf(rest)).toEqual(idsOf(some.slice(7).map((one) => one)));
  });

  it("is made again from its start where more than scores made it, and where the calibration is another", async () => {
    await search.add(...Array.from({ length: 30 }, (_, i) => text(`t ${i}`, 0.9 - i / 100, { group: i })));
    for (const request of MADE_BY_MORE) {
      const whole = await search.all(request);
      const again = await search.all(request, async () => search.restart());
      expect(idsOf(again)).toEqual(idsOf(whole));
      expect(again.map(({ rank }) => rank)).toEqual(again.map((_, i) => i + 1));
    }
    const { hits } = await search.page({});
    search.restart(calibrationFor(model, vectors.strangers("text", 50), []));
    const next = await search.page({ after: hits.at(-1)!.position() });
    expect(next.hits.map(({ rank }) => rank)).toEqual([8, 9, 10, 11, 12, 13, 14]);
  });

  it("has expired where more than scores made it and what is stored has changed", async () => {
    await search.add(...Array.from({ length: 30 }, (_, i) => text(`t ${i}`, 0.9 - i / 100, { group: i })));
    for (const request of MADE_BY_MORE) {
      search.restart();
      const { hits } = await search.page(request);
      search.restart();
      await search.store.delete("default", { kind: "id", in: [hits[0]!.document.id] });
      const next = search.page({ ...request, after: hits.at(-1)!.position() });
      await expect(next).rejects.toMatchObject({ code: "CURSOR_EXPIRED" });
    }
    search.restart();
    const cosine = await search.page({ ranking: "cosine" });
    search.restart(calibrationFor(model, vectors.strangers("text", 50), []));
    const byCosine = await search.page({ ranking: "cosine", after: cosine.hits.at(-1)!.position() });
    expect(byCosine.hits.map(({ rank }) => rank)).toEqual([8, 9, 10, 11, 12, 13, 14]);
  });
});
