// What the benches measure: a Parallax on embedded defaults, as users start it, and the bare model beside it.
import { execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Starts both, one after the other, with the model in a folder; `startMs` of each is from its launch until it is ready.
 * `env` goes to Parallax.
 */
export async function setStage({ model = join(ROOT, "models/mini-clip"), env = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "parallax-bench-"));
  const raw = await startRawModel(model);
  const server = await startParallax(folder, { MODEL: model, ...env });
  const clear = async () => {
    await Promise.all([end(server.child), end(raw.child)]);
    await rm(folder, { recursive: true, force: true });
  };
  return { ...server, raw, clear };
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

async function startParallax(folder, given) {
  const env = {
    ...process.env,
    PORT: "0",
    DATA_FOLDER: folder,
    MILVUS_URI: join(folder, "milvus"),
    LOG_LEVEL: "info",
    ...given,
  };
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, "dist/main.js")], { env, stdio: ["ignore", "pipe", "inherit"] });
  const { url, lite } = await readyLines(child);
  while (!(await fetch(`${url}/ready`)).ok) await pause(5);
  return { child, url, milvusAddress: lite.address, startMs: performance.now() - began };
}

/** What Parallax logs of itself and of its Milvus Lite; its output goes on being read, so that it never blocks. */
function readyLines(server) {
  return new Promise((resolve, reject) => {
    let lite;
    createInterface({ input: server.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      const entry = JSON.parse(line);
      if (entry.msg === "Milvus Lite is ready") lite = entry;
      if (entry.msg === "Parallax is ready") resolve({ url: entry.url, lite });
    });
    server.once("exit", () => reject(new Error("Parallax ended before it was ready")));
  });
}

/** The bare model in a process of its own, so that its memory can be told; `run` gives the milliseconds that it took. */
async function startRawModel(model) {
  const began = performance.now();
  const child = fork(join(ROOT, "bench/raw-model.mjs"), [model], { serialization: "advanced" });
  await once(child, "message");
  const run = async (request) => {
    const answer = once(child, "message");
    child.send(request);
    return (await answer)[0].ms;
  };
  return { child, run, startMs: performance.now() - began };
}

/** Sends one GraphQL operation; throws when it fails. */
export async function ask(url, query, variables = {}) {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

/** A process and all that it started: [{ pid, megabytes, command }]. */
export function processTree(root) {
  const rows = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .map(([, pid, parent, kilobytes, command]) => ({
      pid: +pid,
      parent: +parent,
      megabytes: kilobytes / 1_024,
      command,
    }));
  const under = (pid) => rows.filter(({ parent }) => parent === pid).flatMap((row) => [row, ...under(row.pid)]);
  return [...rows.filter(({ pid }) => pid === root), ...under(root)];
}
