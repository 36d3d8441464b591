import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { MODALITIES, type Modality } from "../../../../src/documents/document";
import type { Collections } from "../../../../src/ports/collections";
import type { DocumentStore } from "../../../../src/ports/document-store";
import { openMilvus } from "../../../../src/stores/milvus/open-milvus";
import { imageDocument, randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";
import { silent } from "../../../support/models";

const random = randomNumbers(17);
const vector = () => randomVector(random);
let folder: string;
let lite: Collections;
let store: DocumentStore;
let calls: jest.SpiedFunction<MilvusClient["search"]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-"));
  const options = { token: null, litePython: null, prefix: "joined", timeoutMs: 60_000, log: silent };
  lite = await openMilvus({ ...options, uri: folder });
  store = await lite.open(testFingerprint("joined"));
  const names = Array.from({ length: 300 }, (_, i) => `${i}`);
  await store.upsert(names.map((name) => textDocument(name, { vector: vector() })));
  await store.upsert(names.map((name) => imageDocument(name, { vector: vector(), caption: `picture ${name}` })));
});
beforeEach(() => {
  calls = jest.spyOn(MilvusClient.prototype, "search");
});
afterEach(() => calls.mockRestore());
afterAll(async () => {
  await lite.close();
  await rm(folder, { recursive: true, force: true });
});

const near = (modality: Modality, limit = 10, vectors = [vector()]) =>
  store.neighbours({ tenant: "default", modality, vectors, limit, filter: null });

it("asks Milvus Lite once for texts and pictures, and finds what it finds one by one", async () => {
  const [one, two] = [[vector(), vector()], [vector()]];
  const together = await Promise.all([near("text", 10, one), near("image", 10, two)]);
  expect(calls).toHaveBeenCalledTimes(1);
  expect(together).toEqual([await near("text", 10, one), await near("image", 10, two)]);
  expect(calls).toHaveBeenCalledTimes(3);
  expect(together.map((lists) => lists.map((list) => list.length))).toEqual([[10, 10], [10]]);
});

it("asks apart for what differs in more than vectors and modalities, and for much", async () => {
  await Promise.all([near("text", 10), near("image", 11)]);
  expect(calls).toHaveBeenCalledTimes(2);
  const much = await Promise.all(MODALITIES.map((modality) => near(modality, 600)));
  expect(much.map(([list]) => list!.length)).toEqual([300, 300]);
  expect(calls).toHaveBeenCalledTimes(4);
});

it("fails what Milvus refuses, and nothing that begins at the same time", async () => {
  const tooShort = near("text", 11, [randomVector(random, 3)]);
  const [refused, found] = await Promise.allSettled([tooShort, near("image", 10)]);
  expect(refused).toMatchObject({ status: "rejected", reason: { code: "STORE_FAILED" } });
  expect(found).toMatchObject({ status: "fulfilled", value: [{ length: 10 }] });
});
