// A Parallax as users start it, on data of its own.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { openClient } from "../client.mjs";
import { rootFolder } from "../../scripts/setup/folders.mjs";

export const MINI_CLIP = join(rootFolder, "models/mini-clip");
const PROBE = pathToFileURL(join(rootFolder, "bench/stage/loop-probe.mjs")).href;

/**
 * Starts it with its data in a folder, by default on Milvus Lite in there; `startMs`: from its launch to the first 200 on
 * /ready. `during(work)`: what the main process went through meanwhile, as loop-probe.mjs tells; it measures nothing else.
 */
export async function startParallax(folder, given = {}) {
  const env = {
    ...process.env,
    MODEL: MINI_CLIP,
    PORT: "0",
    DATA_FOLDER: folder,
    CACHE_FOLDER: join(rootFolder, ".cache"),
    MILVUS_URI: join(folder, "milvus"),
    LOG_LEVEL: "info",
    ...given,
  };
  const began = performance.now();
  const child = spawn(process.execPath, ["--import", PROBE, join(rootFolder, "dist/main.js")], {
    env,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const { url, milvusAddress } = await readyLines(child);
  while (!(await fetch(`${url}/ready`)).ok) await pause(5);
  const startMs = performance.now() - began;
  const client = openClient(url);
  const probe = (wanted) => {
    const answer = once(child, "message");
    child.send(wanted);
    return answer.then(([told]) => told);
  };
  const during = async (work) => {
    await probe("reset");
    await work();
    return probe("read");
  };
  const stop = async () => {
    await client.close();
    await end(child);
  };
  return { pid: child.pid, url, client, milvusAddress, startMs, during, told: () => probe("read"), stop };
}

/** Ends a child in order. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

/** What Parallax logs of itself and of its Milvus Lite; its output goes on being read, so that it never blocks. */
function readyLines(server) {
  return new Promise((resolve, reject) => {
    let milvusAddress = null;
    createInterface({ input: server.stdout }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      const entry = JSON.parse(line);
      if (entry.msg === "Milvus Lite is ready") milvusAddress = entry.address;
      if (entry.msg === "Parallax is ready") resolve({ url: entry.url, milvusAddress });
    });
    server.once("exit", () => reject(new Error("Parallax ended before it was ready")));
  });
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
