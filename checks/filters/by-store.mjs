import { createRequire } from "node:module";
import { FINGERPRINT, TENANT } from "./documents.mjs";

const require = createRequire(import.meta.url);
const { matches } = require("../../dist/documents/filter.js");
const { openMilvus } = require("../../dist/stores/milvus/open-milvus.js");

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** Stores the documents in the Milvus of this address; `answer` tells what it finds for a filter, through the port. */
export async function openByStore(uri, embedded) {
  const options = { uri, token: null, litePython: null, prefix: "filters", timeoutMs: 110_000, log };
  const collections = await openMilvus(options);
  const store = await collections.open(FINGERPRINT);
  await store.clear();
  await store.upsert(embedded);
  const own = embedded.filter(({ document }) => document.tenant === TENANT);
  const read = readers(store, embedded.length, own[0].vector);
  return {
    documents: own.map(({ document }) => document),
    /** Ids by one of the port's ways; `turn` chooses which. */
    answer: async (filter, turn) => {
      const way = turn % 10 === 0 ? "count" : turn % 10 === 1 ? "neighbours" : "page";
      const expected = own.filter(({ document }) => matches(filter, document)).map(({ document }) => document.id);
      return { way, expected: way === "count" ? expected.length : expected.sort(), found: await read[way](filter) };
    },
    close: () => collections.close(),
  };
}

const readers = (store, limit, vector) => ({
  page: async (filter) => (await store.page({ tenant: TENANT, filter, afterId: null, limit })).map(({ id }) => id),
  count: (filter) => store.count(TENANT, filter),
  neighbours: async (filter) => {
    const query = { tenant: TENANT, vectors: [vector], limit, filter };
    const lists = await Promise.all(["text", "image"].map((modality) => store.neighbours({ ...query, modality })));
    return lists.flatMap(([list]) => list.map(({ document }) => document.id)).sort();
  },
});
