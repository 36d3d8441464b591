// Faults of the surroundings: a full disk, a disk that may not be written, a Milvus that stands still.
import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { audit, readDocuments } from "./kill-audit.mjs";
import { drawItems, expected, idOfText, syncText } from "./kill-items.mjs";
import { randomNumbers } from "./random.mjs";
import { LOOK, removeFolder, sendBeside, Stage, START, STORE, watch } from "./kill-round.mjs";
import { ask, childrenOf, startServer } from "./kill-server.mjs";

const DISK_MIB = 160;
const MOST_ITEMS = 1_500;
const SYNC_TEXTS = 200;
/** How long an outage may go on before a call fails, and how much later the answer may come. */
const STORE_TIMEOUT_MS = 5_000;
const SLACK_MS = 10_000;

/** Each fault: its name and what went wrong, null when nothing did, "skipped: …" where it cannot be made. */
export async function runFaults(parts, { stallMs = 30_000, fullMs = 15_000 } = {}) {
  const disk = (fault) => (canMount() ? fault : async () => "skipped: a disk of one's own cannot be mounted here");
  const faults = {
    "a full disk": disk(() => fullDisk(parts, fullMs)),
    "a read-only disk at the start": disk(() => readOnlyDisk(parts)),
    "a Milvus that stands still": () => stalledStore(parts, stallMs),
  };
  const results = [];
  for (const [name, fault] of Object.entries(faults)) {
    const began = performance.now();
    const problem = await fault().catch((error) => error.message);
    results.push({ name, problem, seconds: (performance.now() - began) / 1_000 });
  }
  return results;
}

/** Fills the disk to the last byte in the middle of an ingestion, kills Milvus Lite on it, makes room again. */
const fullDisk = (parts, fullMs) =>
  onDisk((folder) =>
    withJob(parts, folder, async (stage, id) => {
      await progress(stage, id, 0.2);
      const ballast = join(folder, "ballast");
      fill(ballast);
      const alone = await storeAlone(stage);
      stage.kill("lite");
      await pause(fullMs / 2);
      const before = await stage.askPatiently(LOOK, { id });
      await pause(fullMs / 2);
      const after = await stage.askPatiently(LOOK, { id });
      rmSync(ballast);
      if (after.ingestion.failed > 0) return `items failed for good: ${JSON.stringify(after.ingestion)}`;
      if (before.ingestion.ingested !== after.ingestion.ingested)
        return "the ingestion went on though nothing can be written";
      return isPassing(alone) ? null : `a mutation ended with ${JSON.stringify(alone)}`;
    }),
  );

/** A server whose data is there already must say in one line what is wrong and what to do, and leave. */
const readOnlyDisk = ({ environment, port }) =>
  onDisk(async (folder) => {
    const stage = await new Stage(environment(folder, port, ""), []).start();
    await stage.stop("SIGTERM");
    execFileSync("mount", ["-o", "remount,ro", folder]);
    const error = await startServer(environment(folder, port, "")).then(
      () => null,
      ({ message }) => message,
    );
    const said = error?.split("\n").filter((line) => line !== "" && !line.startsWith("{")) ?? [];
    if (!/ended with 1:/.test(said[0] ?? "")) return `it did not end with 1: ${said.join(" | ")}`;
    return said.length === 2 && /DATA_FOLDER|MILVUS_URI|MEDIA_URI/.test(said[1])
      ? null
      : `it says: ${said.slice(1).join(" | ")}`;
  });

/** Stops Milvus Lite for `stallMs` in the middle of an ingestion. */
async function stalledStore(parts, stallMs) {
  const folder = await Stage.folder("parallax-kill-");
  try {
    return await withJob(parts, folder, async (stage, id) => {
      await progress(stage, id, 0.2);
      const [lite] = childrenOf(stage.server.pid).lite;
      process.kill(lite, "SIGSTOP");
      const until = performance.now() + stallMs;
      try {
        const began = performance.now();
        const alone = await storeAlone(stage);
        const tookMs = performance.now() - began;
        if (!isPassing(alone)) return `a mutation ended with ${JSON.stringify(alone)}`;
        if (tookMs > STORE_TIMEOUT_MS + SLACK_MS) return `a mutation failed only after ${Math.round(tookMs)} ms`;
        await pause(Math.max(0, until - performance.now()));
        return null;
      } finally {
        process.kill(lite, "SIGCONT");
      }
    });
  } finally {
    await removeFolder(folder);
  }
}

/** An ingestion with mutations beside it; `fault` gets in its way. Afterwards everything must be there once. */
async function withJob({ environment, port, pictures, vectors, items: most }, folder, fault) {
  const items = drawItems(Math.min(most, MOST_ITEMS), pictures, randomNumbers(7));
  const { documents, counts } = expected(items, pictures);
  const env = { ...environment(folder, port, pictures.host), STORE_TIMEOUT_MS: String(STORE_TIMEOUT_MS) };
  const stage = await new Stage(env, []).start();
  let over = false;
  try {
    const { startIngestion } = await stage.askPatiently(START, { input: { requestId: "fault", ...items } });
    const beside = sendBeside(stage, SYNC_TEXTS, 300, () => over);
    const problem = await fault(stage, startIngestion.id);
    const job = await watch(stage, startIngestion.id, []).finally(() => (over = true));
    const { acknowledged, sent } = await beside;
    await stage.stop("SIGTERM");
    const may = new Set([...sent, idOfText(syncText(SYNC_TEXTS))]);
    const faults = audit(await readDocuments(folder), { must: documents, may, acknowledged, vectors, folder });
    const wrong = [
      ...Object.entries(faults).filter(([, count]) => count !== 0),
      ...Object.entries(counts).filter(([name, count]) => job[name] !== count),
    ];
    return problem ?? (wrong.length === 0 ? null : `afterwards: ${JSON.stringify(Object.fromEntries(wrong))}`);
  } catch (error) {
    over = true;
    if (stage.server.running()) stage.kill("server");
    throw error;
  }
}

async function progress(stage, id, share) {
  for (;;) {
    const { ingestion } = await stage.askPatiently(LOOK, { id });
    if (1 - ingestion.pending / ingestion.total >= share) return;
    await pause(20);
  }
}

/** What becomes of a mutation: its result, or the error. */
async function storeAlone({ server }) {
  const text = syncText(SYNC_TEXTS);
  const query = STORE.replace("... on Ingested", "... on IngestFailure { code retryable } ... on Ingested");
  return ask(server.url, query, { input: [{ text }] }).then(
    ({ ingestTexts }) => ingestTexts.results[0],
    ({ code, retryable, message }) => ({ code, retryable, message }),
  );
}

const isPassing = ({ code, retryable }) => /^(STORE|LEDGER)_UNAVAILABLE$/.test(code) && retryable === true;

function fill(path) {
  const file = openSync(path, "w");
  try {
    for (let size = 1 << 20; size >= 1; size = Math.floor(size / 4)) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size));
      } catch {
        // Smaller pieces may still fit.
      }
    }
  } finally {
    closeSync(file);
  }
}

/** Gives `work` a folder that is a small disk of its own. */
async function onDisk(work) {
  const folder = await Stage.folder("parallax-disk-");
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MIB}m`, "tmpfs", folder]);
  try {
    return await work(folder);
  } finally {
    execFileSync("umount", ["-l", folder]);
    await removeFolder(folder);
  }
}

let mountable;
function canMount() {
  if (mountable !== undefined) return mountable;
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    mountable = process.getuid() === 0;
  } catch {
    mountable = false;
  }
  return mountable;
}
