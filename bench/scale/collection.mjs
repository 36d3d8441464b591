import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { startParallax } from "../stage/server.mjs";

const require = createRequire(import.meta.url);
const { openActiveStore } = require("../../dist/assembly/open-active-store.js");
const { openMilvus } = require("../../dist/stores/milvus/open-milvus.js");

const AT_ONCE = 2_000;
const STORE_TIMEOUT_MS = 600_000;
const INDEXED_WITHIN_MS = 1_800_000;
const QUIET_FOR_MS = 10_000;
const QUIET_WITHIN_MS = 900_000;
const QUIET_SHARE = 0.15;
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** A Parallax over the first `size` documents of a world, in a collection of their own; they are put into the store directly. */
export async function openCollection({ folder, address }, world, size) {
  const uri = address ?? join(folder, `milvus-${size}`);
  const prefix = `scale_${size}`;
  const began = performance.now();
  await store(world, size, uri, prefix);
  if (address !== undefined) await untilIndexed(address, prefix);
  const secondsToStore = (performance.now() - began) / 1_000;
  const env = {
    MODEL: "mini-clip",
    MILVUS_URI: uri,
    COLLECTION_PREFIX: prefix,
    STORE_TIMEOUT_MS: String(STORE_TIMEOUT_MS),
  };
  const server = await startParallax(join(folder, `server-${size}`), env);
  return { size, server, secondsToStore };
}

/** A store goes on for minutes after it says that all is indexed: it merges, and loads what it made. Resolves with the seconds. */
export async function untilQuiet() {
  const began = performance.now();
  let before = processorTime();
  for (;;) {
    await pause(QUIET_FOR_MS);
    const now = processorTime();
    const share = (now.busy - before.busy) / (now.all - before.all);
    const waited = performance.now() - began;
    if (share <= QUIET_SHARE || waited > QUIET_WITHIN_MS) return waited / 1_000;
    before = now;
  }
}

/** Of all processors since the machine started. */
function processorTime() {
  const times = cpus().map((cpu) => cpu.times);
  const all = times.flatMap((one) => Object.values(one)).reduce((sum, ms) => sum + ms, 0);
  return { all, busy: all - times.reduce((sum, { idle }) => sum + idle, 0) };
}

async function store(world, size, uri, prefix) {
  const collections = await openMilvus({
    uri,
    token: null,
    litePython: null,
    prefix,
    timeoutMs: STORE_TIMEOUT_MS,
    log,
  });
  try {
    const into = await openActiveStore(collections, world.fingerprint);
    for (let at = 0; at < size; at += AT_ONCE) await into.upsert(world.documents(at, Math.min(size, at + AT_ONCE)));
  } finally {
    await collections.close();
  }
}

/** A server seals and indexes what was loaded in its own time; what is measured is how it is after that. */
async function untilIndexed(address, prefix) {
  const client = new MilvusClient({ address });
  try {
    await client.connectPromise;
    const { data } = await client.listCollections();
    const names = data.map(({ name }) => name).filter((name) => name.startsWith(`${prefix}_`));
    await client.flushSync({ collection_names: names });
    const deadline = Date.now() + INDEXED_WITHIN_MS;
    for (const name of names) while (!(await isIndexed(client, name)) && Date.now() < deadline) await pause(1_000);
  } finally {
    await client.closeConnection();
  }
}

async function isIndexed(client, name) {
  const { index_descriptions: indexes = [] } = await client.describeIndex({ collection_name: name });
  return indexes.every(
    ({ state, indexed_rows: done, total_rows: all }) => state === "Finished" && Number(done) >= Number(all),
  );
}
