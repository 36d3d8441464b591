import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { DocumentStore } from "../../../../src/ports/document-store";
import { KEYWORDS_FIELD } from "../../../../src/stores/milvus/keyword-schema";
import { MilvusCollections } from "../../../../src/stores/milvus/milvus-collections";
import { MilvusConnection } from "../../../../src/stores/milvus/milvus-connection";
import { startMilvusLite } from "../../../../src/stores/milvus/milvus-lite";
import { MemoryStore } from "../../../../src/stores/memory/memory-store";
import { milvusSchema } from "../../../../src/stores/milvus/milvus-schema";
import { imageDocument, randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";
import { silent } from "../../../support/models";

const TENANT = "default";
const FINGERPRINT = testFingerprint("keywords");
const random = randomNumbers(3);
const text = (words: string) => textDocument(words, { vector: randomVector(random) });
const flush = ({ name }: DocumentStore) =>
  connection.run("flush", (client) => client.flushSync({ collection_names: [name] }));
const find = async (store: DocumentStore, words: string, limit = 10) =>
  (await store.keywordMatches({ tenant: TENANT, words, limit, filter: null })).map(({ document }) => document);

let folder: string;
let connection: MilvusConnection;
let collections: MilvusCollections;
/** The collections of one Lite, as a server of its own opens them. */
const openAgain = (flatUpTo = 20_000) =>
  new MilvusCollections({ connection, address: "", prefix: "words", log: silent, flatUpTo });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-"));
  const lite = await startMilvusLite({ folder, python: null, log: silent });
  const { address } = lite;
  connection = new MilvusConnection({ address, token: null, timeoutMs: 30_000, patienceMs: 30_000 }, silent);
  collections = new MilvusCollections({ connection, address, prefix: "words", log: silent, lite });
});
afterEach(() => collections.drop(FINGERPRINT));
afterAll(async () => {
  await collections.close();
  await rm(folder, { recursive: true, force: true });
});

it("finds out what the server can without leaving a trace", async () => {
  const { name } = await collections.open(FINGERPRINT);
  const all = await connection.run("list collections", (client) => client.listCollections());
  expect(all.data.map((one) => one.name)).toEqual([name]);
});

it("serves a collection made before there were keywords, says how to get them, and gives them when cleared", async () => {
  const { name } = await collections.open(FINGERPRINT);
  const of = { collection_name: name };
  await connection.run("drop it", (client) => client.dropCollection(of));
  const old = { ...of, fields: milvusSchema(FINGERPRINT.dimension), consistency_level: "Strong" };
  await connection.run("make it as it was made", (client) => client.createCollection(old));

  const one = text("a heron by the river");
  await (await openAgain().open(FINGERPRINT)).upsert([one]);
  const store = await openAgain().open(FINGERPRINT);
  expect((await store.get(TENANT, [one.document.id]))[0]!.document).toEqual(one.document);
  expect(store.noKeywords).toContain("`npx parallax-search export`");
  await expect(find(store, "heron")).rejects.toMatchObject({ code: "KEYWORDS_UNSUPPORTED" });

  await store.clear();
  expect([store.name, store.noKeywords]).toEqual([name, null]);
  await store.upsert([one]);
  expect(await find(store, "heron")).toEqual([one.document]);
});

it("mends an index of keywords that a crash left undone", async () => {
  const { name } = await collections.open(FINGERPRINT);
  const of = { collection_name: name };
  await connection.run("release it", (client) => client.releaseCollection(of));
  await connection.run("drop it", (client) => client.dropIndex({ ...of, field_name: KEYWORDS_FIELD }));
  const store = await openAgain().open(FINGERPRINT);
  const listed = await connection.run("list indexes", (client) => client.describeIndex(of));
  const own = listed.index_descriptions.find((index) => index.field_name === KEYWORDS_FIELD);
  expect(JSON.parse(String(own!.params.find(({ key }) => key === "params")!.value))).toEqual({
    bm25_k1: 1.2,
    bm25_b: 0.75,
  });
  const one = text("a heron by the river");
  await store.upsert([one]);
  expect(await find(store, "heron")).toEqual([one.document]);
});

it("keeps keywords when the vectors get another index", async () => {
  const before = await collections.open(FINGERPRINT);
  const some = Array.from({ length: 300 }, (_, i) => text(`report${i}`));
  await before.upsert(some);
  const store = await openAgain(100).open(FINGERPRINT);
  const listed = await connection.run("list indexes", (client) =>
    client.describeIndex({ collection_name: store.name }),
  );
  const kinds = listed.index_descriptions.map(({ params }) => params.find(({ key }) => key === "index_type")!.value);
  expect(kinds.sort()).toEqual(["IVF_FLAT", "SPARSE_INVERTED_INDEX"]);
  expect(await find(store, "report42")).toEqual([some[42]!.document]);
});

it("ranks what was just stored among what was stored long ago", async () => {
  const store = await collections.open(FINGERPRINT);
  await store.upsert(Array.from({ length: 300 }, (_, i) => text(i % 2 ? `report ${i}` : `minutes ${i}`)));
  await flush(store);
  const fresh = text("report walrus");
  await store.upsert([fresh]);
  expect((await find(store, "report walrus"))[0]).toEqual(fresh.document);
});

it("scores as the reference does, however the rows are spread over files", async () => {
  const [store, reference] = [await collections.open(FINGERPRINT), new MemoryStore("reference", FINGERPRINT)];
  const words = (most: number) =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => `w${Math.floor(60 ** random())}`).join(" ");
  for (let part = 0; part < 3; part++) {
    const pictures = Array.from({ length: 20 }, (_, i) =>
      imageDocument(`${part} ${i}`, { caption: i % 2 ? words(5) : null, vector: randomVector(random) }),
    );
    const some = [
      ...pictures,
      ...Array.from({ length: 150 * (3 - part) }, (_, i) => text(`${words(30)} own${part}x${i}`)),
    ];
    for (const one of [store, reference]) await one.upsert(some);
    if (part === 2) break;
    await flush(store);
    // The store flushes by itself when writing pauses; while it does, rows count twice in how rare a word is.
    await pause(2_000);
  }
  for (let i = 0; i < 25; i++) {
    const query = { tenant: TENANT, words: words(4), limit: 30, filter: null };
    const [found, expected] = [await store.keywordMatches(query), await reference.keywordMatches(query)];
    expect(found).toHaveLength(expected.length);
    for (const [at, one] of found.entries()) expect(one.keywordScore).toBeCloseTo(expected[at]!.keywordScore, 4);
  }
});

it("finds what it acknowledged by its words after a kill", async () => {
  const store = await collections.open(FINGERPRINT);
  const words: string[] = [];
  for (let kills = 0; kills < 3; kills++) {
    for (let i = 0; i < 20; i++) {
      words.push(`word${kills}x${i}`);
      await store.upsert([text(words.at(-1)!), ...Array.from({ length: 15 }, (_, n) => text(`filler ${i} ${n}`))]);
    }
    while (collections.litePid === null) await pause(20);
    process.kill(collections.litePid, "SIGKILL");
  }
  for (const word of words) expect(await find(store, word)).toMatchObject([{ text: word }]);
}, 120_000);
