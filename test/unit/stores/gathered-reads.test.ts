import type { DocumentField } from "../../../src/documents/sparse-document";
import type { Neighbour, NeighbourQuery, SimilarityQuery } from "../../../src/ports/document-store";
import { GatheredReads } from "../../../src/stores/gathered-reads";
import { MemoryStore } from "../../../src/stores/memory/memory-store";
import { randomNumbers, randomVector, testFingerprint, textDocument } from "../../support/documents";

const random = randomNumbers(29);
const vector = () => randomVector(random);
const documents = Array.from({ length: 40 }, (_, i) => textDocument(`text ${i}`, { vector: vector() }));
const ids = documents.map(({ document }) => document.id);
const near = { tenant: "default", modality: "text", limit: 3, filter: null } as const;

/** Notes the size of each call, and takes its time. */
class NotedStore extends MemoryStore {
  readonly calls: [kind: string, size: number][] = [];

  override async neighbours(query: NeighbourQuery) {
    this.calls.push(["neighbours", query.vectors.length]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    return super.neighbours(query);
  }

  override async similarities(query: SimilarityQuery) {
    this.calls.push(["similarities", query.ids.length]);
    return super.similarities(query);
  }

  override async read(tenant: string, wanted: readonly string[]) {
    this.calls.push(["read", wanted.length]);
    return super.read(tenant, wanted);
  }
}

let store: NotedStore;
let reads: GatheredReads;
beforeEach(async () => {
  store = new NotedStore("noted", testFingerprint("noted"));
  await store.upsert(documents);
  reads = new GatheredReads(store, { calls: 1, items: 8 });
});

it("sends what comes at the same moment in one call, and what comes meanwhile in the next", async () => {
  const first = Promise.all([1, 2, 3].map(() => reads.neighbours({ ...near, vector: vector() }, null)));
  await new Promise((resolve) => setTimeout(resolve, 5));
  const next = Promise.all(Array.from({ length: 10 }, () => reads.neighbours({ ...near, vector: vector() }, null)));
  await Promise.all([first, next]);
  expect(store.calls).toEqual([
    ["neighbours", 3],
    ["neighbours", 8],
    ["neighbours", 2],
  ]);
});

it("gives each what the store answers to it alone", async () => {
  const vectors = Array.from({ length: 5 }, vector);
  const found = await Promise.all(vectors.map((one) => reads.neighbours({ ...near, vector: one }, null)));
  expect(found).toEqual(await store.neighbours({ ...near, vectors }));
  const read = await Promise.all([ids[3]!, "0".repeat(40), ids[1]!].map((id) => reads.document("default", id, null)));
  expect(read).toEqual([documents[3]!.document, null, documents[1]!.document]);
});

it("keeps searches apart that differ in more than their vector", async () => {
  const one = vector();
  const [three, five] = await Promise.all([
    reads.neighbours({ ...near, vector: one }, null),
    reads.neighbours({ ...near, limit: 5, vector: one }, null),
  ]);
  expect([three.length, five.length]).toEqual([3, 5]);
});

it("sends searches that want different fields together, and asks for what any of them wants", async () => {
  const asked = jest.spyOn(store, "neighbours");
  const search = (fields?: readonly DocumentField[]) =>
    reads.neighbours({ ...near, vector: vector(), ...(fields && { fields }) }, null);
  await Promise.all([search(["text"]), search(["text", "key"]), search([])]);
  await Promise.all([search(["text"]), search()]);
  expect(asked.mock.calls.map(([{ vectors, fields }]) => [vectors.length, fields])).toEqual([
    [3, ["text", "key"]],
    [2, undefined],
  ]);
});

it("asks for the cosine with a shared direction once a document", async () => {
  const direction = vector();
  const some = documents.slice(0, 6).map(({ document }) => ({ document, passage: null }));
  const shared = { tenant: "default", modality: "text", direction, isShared: true } as const;
  const told = await reads.similarities({ ...shared, of: some.slice(0, 4) }, null);
  const again = await reads.similarities({ ...shared, of: some }, null);
  expect(again.slice(0, 4)).toEqual(told);
  expect(again).toEqual((await store.similarities({ ...near, vectors: [direction], ids: ids.slice(0, 6) }))[0]);
  expect(store.calls.slice(0, 2)).toEqual([
    ["similarities", 4],
    ["similarities", 2],
  ]);
});

it("learns cosines with a shared direction along the way while searches find what is new", async () => {
  const [shared, one] = [vector(), vector()];
  const asked = jest.spyOn(store, "neighbours").mockImplementation(async (query) => {
    const lists = await MemoryStore.prototype.neighbours.call(store, query);
    const tell = (near: Neighbour) => (query.beside ? { ...near, besideSimilarity: 0.25 } : near);
    return lists.map((list) => list.map(tell));
  });
  const of = { tenant: "default", modality: "text", direction: shared, isShared: true } as const;
  const search = (limit: number) => reads.neighbours({ ...near, limit, vector: one, shared }, null);
  await search(3);
  const six = await search(6);
  expect(await reads.similarities({ ...of, of: six }, null)).toEqual(Array(6).fill(0.25));
  expect(store.calls).toEqual([]);
  await search(6);
  await search(5);
  expect(asked.mock.calls.map(([{ beside }]) => beside)).toEqual([undefined, shared, shared, undefined]);
});

it("leaves out whom nobody waits for any more", async () => {
  const gone = new AbortController();
  const running = reads.neighbours({ ...near, vector: vector() }, null);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const dropped = reads.neighbours({ ...near, vector: vector() }, gone.signal);
  const wanted = reads.neighbours({ ...near, vector: vector() }, null);
  gone.abort(new Error("hung up"));
  await expect(dropped).rejects.toThrow("hung up");
  await Promise.all([running, wanted]);
  expect(store.calls).toEqual([
    ["neighbours", 1],
    ["neighbours", 1],
  ]);
});

it("fails those of a call that fails, and goes on with the others", async () => {
  jest.spyOn(store, "neighbours").mockRejectedValueOnce(new Error("away"));
  await expect(reads.neighbours({ ...near, vector: vector() }, null)).rejects.toThrow("away");
  expect(await reads.neighbours({ ...near, vector: vector() }, null)).toHaveLength(3);
});
