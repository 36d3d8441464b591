import { AsyncLocalStorage } from "node:async_hooks";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMilvus } from "../../../../src/stores/milvus/open-milvus";
import { randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";

const log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

it("sends and takes messages without writing them into JSON, and without making promises slow", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parallax-"));
  const options = { uri: folder, token: null, litePython: null, prefix: "messages", timeoutMs: 30_000, log };
  const collections = await openMilvus(options);
  const store = await collections.open(testFingerprint("messages"));
  const vector = randomVector(randomNumbers(1));
  const one = textDocument("one", { vector });
  const { id } = one.document;
  const stringify = jest.spyOn(JSON, "stringify");
  const followed = jest.spyOn(AsyncLocalStorage.prototype, "run");
  await store.upsert([one]);
  const [found] = await store.neighbours({
    tenant: "default",
    modality: "text",
    vectors: [vector],
    limit: 1,
    filter: null,
  });
  const deleted = await store.delete("default", { kind: "id", in: [id] });
  const left = await store.read("default", [id]);
  const written = stringify.mock.calls.map(([value]) => Object.keys(Object(value) as object));
  const timesFollowed = followed.mock.calls.length;
  stringify.mockRestore();
  followed.mockRestore();
  await collections.close();
  await rm(folder, { recursive: true, force: true });

  expect(found!.map(({ document }) => document.id)).toEqual([id]);
  expect({ deleted, left, timesFollowed }).toEqual({ deleted: 1, left: [null], timesFollowed: 0 });
  for (const keys of written)
    for (const name of ["fields_data", "placeholder_group", "results"]) expect(keys).not.toContain(name);
});
