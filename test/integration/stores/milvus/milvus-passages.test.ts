import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditPassages } from "../../../../src/audit/audit-passages";
import type { EmbeddedDocument } from "../../../../src/documents/document";
import type { DocumentStore } from "../../../../src/ports/document-store";
import type { MilvusCollections } from "../../../../src/stores/milvus/milvus-collections";
import { openMilvus } from "../../../../src/stores/milvus/open-milvus";
import { randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";
import { silent } from "../../../support/models";

const TENANT = "default";
const random = randomNumbers(5);
const vector = () => randomVector(random);

function longText(name: string, count: number, key: string | null = null): EmbeddedDocument {
  const passages = Array.from({ length: count }, (_, i) => ({ start: 5 * i, end: 5 * i + 5, vector: vector() }));
  return { ...textDocument(`${name} ${"x".repeat(5 * count)}`, { key, vector: passages[0]!.vector }), passages };
}

let folder: string;
let collections: MilvusCollections;
let store: DocumentStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-passages-"));
  await open();
}, 120_000);
afterAll(async () => {
  await collections.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  const options = { token: null, litePython: null, prefix: "passages", timeoutMs: 60_000, log: silent };
  collections = await openMilvus({ ...options, uri: folder });
  store = await collections.open(testFingerprint("passages"));
}
const nearest = async (to: EmbeddedDocument, at: number) => {
  const vectors = [to.passages![at]!.vector];
  return (await store.neighbours({ tenant: TENANT, modality: "text", vectors, limit: 3, filter: null }))[0]!;
};

it("finds passages after a restart, and lists their collection with no model", async () => {
  const long = longText("kept", 9);
  await store.upsert([long, textDocument("short", { vector: vector() })]);
  await collections.close();
  await open();
  expect((await nearest(long, 7))[0]).toMatchObject({ document: long.document, passage: { start: 35, end: 40 } });
  expect(await collections.list()).toHaveLength(1);
}, 120_000);

it("passes over passages whose document was never written, and deletes them when it is asked to", async () => {
  await store.clear();
  const [here, gone] = [longText("here", 4), longText("gone", 5_000)];
  await store.upsert([here, gone]);
  // As a kill leaves it between passages and row: only the row goes.
  await deleteRowAlone(gone.document.id);
  expect((await nearest(gone, 3)).map(({ document }) => document.id)).toEqual([here.document.id]);
  const { signal } = new AbortController();
  const audit = (deletes: boolean) => auditPassages({ collections, tenant: TENANT, isServed: false, deletes, signal });
  expect(await audit(false)).toBe(5_000);
  expect(await audit(true)).toBe(5_000);
  expect(await audit(false)).toBe(0);
  expect((await nearest(here, 2))[0]).toMatchObject({ document: here.document, passage: { start: 10, end: 15 } });
}, 240_000);

it("drops passages with their collection", async () => {
  const other = await collections.open(testFingerprint("other"));
  await other.upsert([longText("other", 3)]);
  await collections.drop(testFingerprint("other"));
  const again = await collections.open(testFingerprint("other"));
  expect(await again.strayPassages(TENANT)).toEqual([]);
  await collections.drop(testFingerprint("other"));
}, 120_000);

/** By a second connection, past everything that the store does. */
async function deleteRowAlone(id: string): Promise<void> {
  const { address } = (collections as unknown as { options: { address: string } }).options;
  const { MilvusClient } = await import("@zilliz/milvus2-sdk-node");
  const client = new MilvusClient({ address });
  await client.delete({ collection_name: store.name, filter: `id in ["${id}"]` });
  await client.closeConnection();
}
