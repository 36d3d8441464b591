import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { DocumentStore } from "../../../../src/ports/document-store";
import { MODALITIES } from "../../../../src/documents/document";
import type { Filter } from "../../../../src/documents/filter";
import { MemoryCollections } from "../../../../src/stores/memory/memory-collections";
import { openMilvus } from "../../../../src/stores/milvus/open-milvus";
import { silent } from "../../../support/models";
import { imageDocument, randomNumbers, randomVector, testFingerprint, textDocument } from "../../../support/documents";

const KEYS = 600;
const TENANT = "default";
const random = randomNumbers(11);
const below = (limit: number) => Math.floor(random() * limit);
const inGroup = (group: number): Filter => ({
  kind: "metadata",
  key: "group",
  comparison: { op: "equals", value: group },
});

/** What a store says of everything that a search, a count and a page can see. */
async function seen(store: DocumentStore, vector: Float32Array) {
  const search = { tenant: TENANT, vectors: [vector], limit: 20 };
  const near = (filter: Filter | null) =>
    Promise.all(
      MODALITIES.map(async (modality) => {
        const [found] = await store.neighbours({ ...search, modality, filter });
        return found!.map(({ document }) => document);
      }),
    );
  return {
    count: await store.count(TENANT, inGroup(1)),
    page: (await store.page({ tenant: TENANT, filter: inGroup(2), afterId: null, limit: KEYS })).map(({ id }) => id),
    near: await near(null),
    nearInGroup: await near(inGroup(3)),
  };
}

it("finds in Milvus Lite what was written last, over replacements, deletions, flushes and a new start", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parallax-"));
  const options = { token: null, litePython: null, prefix: "rows", timeoutMs: 60_000, log: silent };
  const lite = await openMilvus({ ...options, uri: folder });
  const stores = [await lite.open(testFingerprint("r")), await new MemoryCollections().open(testFingerprint("r"))];
  try {
    for (let round = 0; round < 12; round++) {
      const documents = new Map(
        Array.from({ length: round % 3 === 0 ? 300 : 20 }, () => {
          const key = `key ${below(KEYS)}`;
          const metadata = { group: below(5) };
          const make = below(3) === 0 ? imageDocument : textDocument;
          return [key, make(`${key} in round ${round}`, { key, metadata, vector: randomVector(random) })];
        }),
      );
      const [gone, vector] = [inGroup(below(5)), randomVector(random)];
      for (const store of stores) {
        if (round === 7) await store.clear();
        await store.upsert([...documents.values()]);
        if (round % 4 === 2) await store.delete(TENANT, gone);
      }
      expect(await seen(stores[0]!, vector)).toEqual(await seen(stores[1]!, vector));
      // Long enough for what was written to be flushed while nothing is asked.
      if (round % 3 === 0) await pause(1_000);
      expect(await seen(stores[0]!, vector)).toEqual(await seen(stores[1]!, vector));
    }
  } finally {
    await lite.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
