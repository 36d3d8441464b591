import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { freePort, ROOT, startServer, stopServer } from "../kill-server.mjs";
import { startMilvusServer } from "../milvus-server.mjs";

const require = createRequire(import.meta.url);
const { openActiveStore } = require("../../dist/assembly/open-active-store.js");
const { openMilvus } = require("../../dist/stores/milvus/open-milvus.js");

const CACHE = join(ROOT, ".cache/check-recall");
const PREFIX = "recall";
const AT_ONCE = 2_000;
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: ({ err }, text) => console.log(text, err), error: silent };

export const forgetStages = () => rm(CACHE, { recursive: true, force: true });

const folderOf = (kind, documents) => join(CACHE, `${kind}-${documents.length}`);

/** For who changes what is stored. */
export const forgetStage = (kind, documents) => rm(folderOf(kind, documents), { recursive: true, force: true });

/**
 * A Parallax over the documents, on Milvus Lite or on a server. What was stored stays in .cache, so that the next run
 * with as many documents is quick.
 */
export async function setStage(kind, documents, fingerprint) {
  const folder = folderOf(kind, documents);
  await mkdir(folder, { recursive: true });
  const milvus = kind === "lite" ? { address: join(folder, "milvus"), stop: silent } : await startMilvusServer(folder);
  try {
    const complete = join(folder, "complete");
    if (!existsSync(complete)) {
      await store(documents, milvus.address, fingerprint);
      await writeFile(complete, "");
    }
    const server = await startParallax(folder, milvus.address);
    const stop = async () => {
      await stopServer(server);
      await milvus.stop();
    };
    return { url: server.url, stop };
  } catch (error) {
    await milvus.stop();
    throw error;
  }
}

async function store(documents, uri, fingerprint) {
  const began = performance.now();
  const collections = await openMilvus({ uri, token: null, litePython: null, prefix: PREFIX, timeoutMs: 300_000, log });
  const into = await openActiveStore(collections, fingerprint);
  for (let at = 0; at < documents.length; at += AT_ONCE) await into.upsert(documents.slice(at, at + AT_ONCE));
  await collections.close();
  console.log(`stored ${documents.length} documents in ${Math.round((performance.now() - began) / 1_000)} s`);
}

const startParallax = async (folder, milvusUri) =>
  startServer({
    ...process.env,
    MODEL: "mini-clip",
    PORT: String(await freePort()),
    DATA_FOLDER: folder,
    CACHE_FOLDER: join(ROOT, ".cache"),
    MILVUS_URI: milvusUri,
    COLLECTION_PREFIX: PREFIX,
    STORE_TIMEOUT_MS: "300000",
    LOG_LEVEL: "info",
  });
