import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MilvusClient, type RowData } from "@zilliz/milvus2-sdk-node";
import { openActiveStore } from "../../../../src/assembly/open-active-store";
import { startMilvusLite } from "../../../../src/stores/milvus/milvus-lite";
import { toRow } from "../../../../src/stores/milvus/milvus-row";
import { milvusSchema } from "../../../../src/stores/milvus/milvus-schema";
import { openMilvus } from "../../../../src/stores/milvus/open-milvus";
import { imageDocument, randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";

const fingerprint = testFingerprint("moves");
const log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const random = randomNumbers(3);
const documents = Array.from({ length: 1_100 }, (_, i) =>
  (i % 3 === 0 ? imageDocument : textDocument)(`document ${i}`, { metadata: { i }, vector: randomVector(random) }),
);
let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "parallax-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A collection as versions made it that knew no partitions. */
async function storeAsBefore(): Promise<void> {
  const lite = await startMilvusLite({ folder, python: null, log });
  const client = new MilvusClient({ address: lite.address, logLevel: "error" });
  const { model, revision, dtype, dimension, preprocessing } = fingerprint;
  const identity = JSON.stringify([1, model, revision, dtype, dimension, preprocessing]);
  const collection_name = `moves_random_vectors_${createHash("sha256").update(identity).digest("hex").slice(0, 12)}`;
  await client.createCollection({
    collection_name,
    fields: milvusSchema(dimension),
    properties: { "parallax.fingerprint": JSON.stringify(fingerprint) },
  });
  await client.createIndex({ collection_name, field_name: "vector", index_type: "FLAT", metric_type: "COSINE" });
  await client.createAlias({ collection_name, alias: "moves_active" });
  const rows = documents.map(toRow) as unknown as RowData[];
  expect((await client.upsert({ collection_name, data: rows })).status.code).toBe(0);
  await client.closeConnection();
  await lite.stop();
}

const open = () => openMilvus({ uri: folder, token: null, litePython: null, prefix: "moves", timeoutMs: 30_000, log });

it("moves what an older version stored, every field and vector of it, and serves it from then on", async () => {
  await storeAsBefore();
  for (const _ of ["the first start", "a later one"]) {
    const collections = await open();
    const store = await openActiveStore(collections, fingerprint);
    expect(await collections.list()).toEqual([{ name: store.name, fingerprint, active: true }]);
    const stored = await store.get(
      "default",
      documents.map(({ document }) => document.id),
    );
    expect(stored.map((one) => one?.document)).toEqual(documents.map(({ document }) => document));
    expect(stored.map((one) => one!.vector[0])).toEqual(documents.map(({ vector }) => expect.closeTo(vector[0]!, 6)));
    for (const one of [documents[0]!, documents[1]!]) {
      const near = {
        tenant: "default",
        modality: one.document.modality,
        vectors: [one.vector],
        limit: 1,
        filter: null,
      };
      expect((await store.neighbours(near))[0]!.map(({ document }) => document.id)).toEqual([one.document.id]);
    }
    await collections.close();
  }
});
