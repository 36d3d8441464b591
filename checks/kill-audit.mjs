// What is on the disk after a round, read by the built parts themselves once the server is gone.
import { createRequire } from "node:module";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { openMilvus } = require("../dist/stores/milvus/open-milvus.js");
const { mediaName } = require("../dist/images/media/media-name.js");
const { openLedger } = require("../dist/ledger/open-ledger.js");

const TENANT = "default";
const PAGE = 1_000;
/** Batches of other lengths are summed in another order. */
const TOLERANCE = 1e-5;
const log = { debug() {}, info() {}, warn() {}, error() {} };

/** Every document with its vector, as an array: one that is there twice is there twice. */
export async function readDocuments(folder) {
  const options = {
    uri: join(folder, "milvus"),
    token: null,
    litePython: null,
    prefix: "parallax",
    timeoutMs: 60_000,
    log,
  };
  const collections = await openMilvus(options);
  try {
    const [{ fingerprint }] = await collections.list();
    const store = await collections.open(fingerprint);
    const all = [];
    for (let afterId = null; ; afterId = all.at(-1).document.id) {
      const page = await store.page({ tenant: TENANT, filter: null, afterId, limit: PAGE });
      all.push(
        ...(await store.get(
          TENANT,
          page.map(({ id }) => id),
        )),
      );
      if (page.length < PAGE) break;
    }
    const count = await store.count(TENANT, null);
    return { all, count };
  } finally {
    await collections.close();
  }
}

/** What the ledger says of every item of a job, in order. */
export async function readOutcomes(folder, jobId) {
  const ledger = await openLedger({ address: join(folder, "ledger.db"), token: null });
  try {
    return await ledger.jobs.items(jobId, { states: null, codes: null, afterIndex: null, limit: 1_000_000 });
  } finally {
    await ledger.close();
  }
}

/**
 * How many are wrong of a job that began on an empty collection: counters that are not `counts`, and documents that more than
 * one item, or none, says it created.
 */
export function auditJob(job, items, { must, counts }) {
  const creators = new Map();
  for (const { outcome } of items) {
    if (outcome?.created) creators.set(outcome.documentId, (creators.get(outcome.documentId) ?? 0) + 1);
  }
  return {
    wrongCounts: Object.entries(counts).filter(([name, count]) => job[name] !== count).length,
    unfinished: job.state === "SUCCEEDED" ? 0 : 1,
    createdTwice: [...creators.values()].filter((count) => count > 1).length,
    createdByNone: [...must.keys()].filter((id) => !creators.has(id)).length,
  };
}

export const contentOf = ({ document }) => `${document.modality} ${document.contentHash}`;

/** Vectors by content. */
export const vectorsOf = (all) => new Map(all.map((one) => [contentOf(one), one.vector]));

const close = (a, b) => a?.length === b?.length && a.every((value, i) => Math.abs(value - b[i]) <= TOLERANCE);

/**
 * How many are wrong, by what is wrong about them. `must`: content by id; `may`: ids that are no fault; `acknowledged`: ids
 * that mutations beside the job were told.
 */
export function audit({ all, count }, { must, may, acknowledged, vectors, folder }) {
  const ids = new Set(all.map(({ document }) => document.id));
  const contents = new Map(all.map((one) => [one.document.id, contentOf(one)]));
  const pictures = all.flatMap(({ document }) => (document.modality === "image" ? [document] : []));
  return {
    missing: [...must.keys()].filter((id) => !ids.has(id)).length,
    lost: [...acknowledged].filter((id) => !ids.has(id)).length,
    strange: [...ids].filter((id) => !must.has(id) && !may.has(id)).length,
    twice: Math.max(all.length - ids.size, count - ids.size),
    otherContent: [...must].filter(([id, content]) => ids.has(id) && contents.get(id) !== content).length,
    wrongVectors: all.filter((one) => !close(one.vector, vectors.get(contentOf(one)))).length,
    withoutPicture: pictures.filter((one) => !isFile(join(folder, "media", mediaName({ kind: "picture", ...one }))))
      .length,
    unfinishedFiles: filesIn(join(folder, "media")).filter((name) => /(^|\/)\.tmp-/.test(name)).length,
  };
}

/** How many vectors are not the reference's bit for bit. */
export const notIdentical = (all, vectors) =>
  all.filter((one) => !one.vector.every((value, i) => value === vectors.get(contentOf(one))?.[i])).length;

const isFile = (path) => existsSync(path) && statSync(path).size > 0;
const filesIn = (folder) => (existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : []);
