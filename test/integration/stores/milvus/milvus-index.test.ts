import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dot, normalise } from "../../../../src/documents/vector";
import { startMilvusLite } from "../../../../src/stores/milvus/milvus-lite";
import { openMilvus } from "../../../../src/stores/milvus/open-milvus";
import { indexClustersContract } from "../../../contract/index-clusters.suite";
import { randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";
import { silent } from "../../../support/models";

it("gives a collection that has grown clusters, and still finds the nearest", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parallax-"));
  const built: object[] = [];
  const log = {
    info: (fields: object) => void built.push(fields),
    warn: () => {},
    error: () => {},
    debug: () => {},
  };
  const collections = await openMilvus({
    uri: folder,
    token: null,
    litePython: null,
    prefix: "index",
    timeoutMs: 30_000,
    log,
    flatUpTo: 500,
  });
  const random = randomNumbers(5);
  const documents = Array.from({ length: 2_000 }, (_, i) =>
    textDocument(`text ${i}`, { vector: randomVector(random) }),
  );
  const store = await collections.open(testFingerprint("grows"));
  await store.upsert(documents);
  // Near one of them, as queries are that have an answer.
  const beside = randomVector(random);
  const query = normalise(documents[7]!.vector.map((value, i) => value + 0.3 * beside[i]!));
  const search = async () => {
    const vectors = [query];
    const [found] = await store.neighbours({ tenant: "default", modality: "text", vectors, limit: 10, filter: null });
    return found!.map(({ document }) => document.id);
  };
  const nearest = documents.toSorted((a, b) => dot(query, b.vector) - dot(query, a.vector)).slice(0, 10);
  for (let wait = 0; wait < 100 && !built.some((fields) => "index" in fields); wait++)
    await new Promise((done) => setTimeout(done, 50));
  expect(built).toContainEqual(expect.objectContaining({ index: "IVF_FLAT", documents: 2_000 }));
  expect(
    (await search()).filter((id) => nearest.some(({ document }) => document.id === id)).length,
  ).toBeGreaterThanOrEqual(9);
  expect(await store.count("default", null)).toBe(2_000);
  await collections.close();
  await rm(folder, { recursive: true, force: true });
});

describe("on Milvus Lite", () => {
  let folder: string;
  let lite: Awaited<ReturnType<typeof startMilvusLite>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parallax-"));
    lite = await startMilvusLite({ folder, python: null, log: silent });
  });
  afterAll(async () => {
    await lite.stop();
    await rm(folder, { recursive: true, force: true });
  });
  describe("clusters", () => {
    indexClustersContract(() => `http://${lite.address}`);
  });
});
