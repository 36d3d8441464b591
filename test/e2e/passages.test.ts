import { setTimeout as pause } from "node:timers/promises";
import {
  CollectionDocument,
  DeleteDocumentsDocument,
  IngestTextsDocument,
  NearDuplicatesDocument,
  RecreateCollectionDocument,
  SearchByTextDocument,
  SearchDocument,
  type SearchByTextInput,
} from "../generated/operations";
import { startTestServer, type TestServer } from "../support/server";

const NOTES = Array.from(
  { length: 160 },
  (_, i) => `On day ${i} the committee met again and wrote down what it had decided about its ${i + 3} rules. 🗂️`,
);
const ZEBRA = "A zebra stands at the river, and the zebra drinks water.";
const PENGUIN = "A penguin slides over the ice into the cold sea.";
/** More than 4,000 tokens, of which mini-clip reads 512: the penguin after about half of them, the zebra as the last. */
const LONG = [...NOTES.slice(0, 80), PENGUIN, ...NOTES.slice(80), ZEBRA].join(" ");
const SHORT = ["A dog on a leash", "A bowl of fruit", "A red car", "Rain over the town", "An old clock"];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  const { data } = await server.ask(CollectionDocument);
  await server.ask(RecreateCollectionDocument, { confirmName: data.collection.name });
  await store([{ key: "minutes", text: LONG, metadata: { kind: "minutes" } }, ...SHORT.map((text) => ({ text }))]);
});

type Texts = { key?: string; text: string; metadata?: Record<string, unknown> }[];
async function store(texts: Texts) {
  const { data, errors } = await server.ask(IngestTextsDocument, { input: texts });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.ingestTexts;
}
const remove = (keys: string[]) => server.ask(DeleteDocumentsDocument, { input: { keys } });
async function search(text: string, input: Partial<SearchByTextInput> = {}, first = 5) {
  const { data, errors } = await server.ask(SearchByTextDocument, { input: { text, ...input }, first });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.searchByText.nodes.filter((hit) => hit.__typename === "TextHit");
}
const collection = async () => (await server.ask(CollectionDocument)).data.collection;

it("finds a long text by what stands in its middle and at its end, and says where", async () => {
  for (const [query, sentence] of [
    ["a zebra drinking", ZEBRA],
    ["a penguin on the ice", PENGUIN],
  ] as const) {
    const [hit, ...others] = await search(query);
    expect(hit!.document.key).toBe("minutes");
    expect(hit!.document.truncated).toBe(false);
    const { text, start, end } = hit!.passage!;
    expect(text).toContain(sentence);
    expect(LONG.slice(start, end)).toBe(text);
    expect(text.isWellFormed()).toBe(true);
    expect(others.map(({ passage }) => passage)).toEqual([null, null, null, null]);
  }
});

it("is one document: one hit, one count, one page", async () => {
  const hits = await search("the committee and its rules", {}, 50);
  expect(hits.filter(({ document }) => document.key === "minutes")).toHaveLength(1);
  expect(hits).toHaveLength(6);
  expect(await collection()).toMatchObject({ texts: 6, images: 0, truncatedTexts: 0 });
});

it("tells its score, cosine and explanation by the passage", async () => {
  const query = `query ($input: SearchInput!) { search(input: $input, first: 1) { nodes { ... on TextHit {
    score cosine standing passage { text } explanation { centredCosine parts { score } } document { text } } } } }`;
  const parts = [{ content: { text: "a zebra drinking" } }];
  type Node = { score: number; cosine: number; standing: number; explanation: { parts: { score: number }[] } };
  const ask = async (input: object) => {
    const { data } = await server.ask<{ search: { nodes: Node[] } }, object>(query, { input });
    return data.search.nodes[0]!;
  };
  const long = await ask({ parts });
  expect(long.explanation.parts[0]!.score).toBeCloseTo(long.score, 4);
  const [hit] = await search("a zebra drinking");
  await store([{ key: "passage", text: hit!.passage!.text }]);
  const same = await ask({ parts, where: { key: { in: ["passage"] } } });
  expect(same.cosine).toBeCloseTo(long.cosine, 3);
  const diverse = await ask({ parts, diversity: 0.3 });
  expect(diverse.cosine).toBeCloseTo(long.cosine, 3);
});

it("holds it to filters, pages and groups as any document", async () => {
  const is = (equals: string) => ({ metadata: { key: "kind", is: { equals } } });
  expect((await search("a zebra drinking", { where: is("minutes") })).map(({ document }) => document.key)).toEqual([
    "minutes",
  ]);
  expect(await search("a zebra drinking", { where: is("other") })).toEqual([]);
  const page = async (after: string | null) =>
    (await server.ask(SearchByTextDocument, { input: { text: "a zebra drinking" }, first: 2, after })).data
      .searchByText;
  const seen: string[] = [];
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo } = await page(after);
    seen.push(...nodes.map(({ document }) => document.id));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor!;
  }
  expect(seen).toHaveLength(6);
  expect(new Set(seen).size).toBe(6);
});

it("goes with its document, and is replaced with it", async () => {
  await store([{ key: "minutes", text: "An apple on a plate", metadata: {} }]);
  const hits = await search("a zebra drinking", {}, 10);
  expect(hits.map(({ passage }) => passage)).toEqual(hits.map(() => null));
  await store([{ key: "minutes", text: LONG }]);
  expect((await search("a zebra drinking"))[0]!.passage).not.toBeNull();
  await remove(["minutes"]);
  expect((await search("a zebra drinking", {}, 10)).map(({ document }) => document.text).sort()).toEqual(
    [...SHORT].sort(),
  );
});

it("gives the same content under another key its passages too", async () => {
  await store([{ key: "copy", text: LONG }]);
  const hits = await search("a zebra drinking");
  expect(
    hits
      .slice(0, 2)
      .map(({ document }) => document.key)
      .sort(),
  ).toEqual(["copy", "minutes"]);
  expect(hits[0]!.passage).toEqual(hits[1]!.passage);
  const { data } = await server.ask(NearDuplicatesDocument, { id: hits[0]!.document.id });
  expect(JSON.stringify(data)).toContain(hits[1]!.document.id);
});

it("is found likewise after a restart, and by what is like it", async () => {
  const before = await search("a zebra drinking");
  server = await server.restart();
  const after = await search("a zebra drinking");
  expect(after.map(({ document, passage }) => [document.id, passage])).toEqual(
    before.map(({ document, passage }) => [document.id, passage]),
  );
  const parts = [{ content: { documentId: before[0]!.document.id } }];
  const { data } = await server.ask(SearchDocument, { input: { parts }, first: 10 });
  expect(data.search.nodes.map(({ document }) => document.id)).not.toContain(before[0]!.document.id);
});

it("gets passages in the background where it was stored without", async () => {
  const without = await startTestServer({ env: { PASSAGE_TOKENS: "off" } });
  await without.ask(IngestTextsDocument, { input: [{ key: "minutes", text: LONG }, { text: "A red car" }] });
  const older = await without.ask(SearchByTextDocument, { input: { text: "a zebra drinking" }, first: 5 });
  const oldHits = older.data.searchByText.nodes;
  expect(oldHits.map((hit) => hit.__typename === "TextHit" && hit.passage)).toEqual([null, null]);
  expect((await without.ask(CollectionDocument)).data.collection.truncatedTexts).toBe(1);
  await without.stop();
  const now = await startTestServer({ folder: without.folder });
  for (let left = 1; left > 0; await pause(50)) {
    left = (await now.ask(CollectionDocument)).data.collection.truncatedTexts;
  }
  const { data } = await now.ask(SearchByTextDocument, { input: { text: "a zebra drinking" }, first: 5 });
  const [hit] = data.searchByText.nodes;
  expect(hit!.__typename === "TextHit" && hit!.passage!.text).toContain(ZEBRA);
  await now.remove();
});
