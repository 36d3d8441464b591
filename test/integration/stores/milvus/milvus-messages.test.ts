import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMilvus } from "../../../../src/stores/milvus/open-milvus";
import { randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";

const log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

it("sends and takes messages without writing them into JSON", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parallax-"));
  const options = { uri: folder, token: null, litePython: null, prefix: "messages", timeoutMs: 30_000, log };
  const collections = await openMilvus(options);
  const store = await collections.open(testFingerprint("messages"));
  const vector = randomVector(randomNumbers(1));
  const stringify = jest.spyOn(JSON, "stringify");
  await store.upsert([textDocument("one", { vector })]);
  await store.neighbours({ tenant: "default", modality: "text", vectors: [vector], limit: 1, filter: null });
  const written = stringify.mock.calls.map(([value]) => Object.keys(Object(value) as object));
  stringify.mockRestore();
  for (const keys of written)
    for (const name of ["fields_data", "placeholder_group", "results"]) expect(keys).not.toContain(name);
  await collections.close();
  await rm(folder, { recursive: true, force: true });
});
