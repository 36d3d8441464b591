// A real server as a child process on a data folder of its own, and what is to be known of its children.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const START_TIMEOUT_MS = 120_000;
const KEPT_LINES = 30;

/** Below the ports that connections get, so that none of them has it when the server starts again. */
export async function freePort(from = 20_000 + (process.pid % 8_000)) {
  for (let port = from; ; port++) {
    const probe = createServer().listen(port, "127.0.0.1");
    const free = await Promise.race([
      once(probe, "listening").then(() => true),
      once(probe, "error").then(() => false),
    ]).catch(() => false);
    if (!free) continue;
    await new Promise((closed) => probe.close(closed));
    return port;
  }
}

/**
 * Starts it; `point`: { name, count } of kill-points.mjs. Resolves when it is ready, or with `null` when it was killed before.
 * `ended` resolves with how it ended. Throws when it ends by itself.
 */
export async function startServer(env, point = null) {
  const program = point === null ? ["dist/main.js"] : ["checks/kill-points.mjs", point.name, String(point.count)];
  const [path, ...args] = program;
  const child = spawn(process.execPath, [join(ROOT, path), ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  const logged = [];
  let ready;
  const isReady = new Promise((resolve) => (ready = resolve));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line.slice(0, 600));
      if (lines.length > KEPT_LINES) lines.shift();
      const entry = line.startsWith("{") ? JSON.parse(line) : {};
      if (entry.level >= 40) logged.push(`${entry.msg} ${entry.err?.message ?? ""}`.slice(0, 300));
      if (entry.msg === "Parallax is ready") ready(entry.url);
    });
  }
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, lines }));
  const url = await Promise.race([isReady, ended.then(() => null), pause(START_TIMEOUT_MS, "late", { ref: false })]);
  if (url === "late") throw new Error(`the server did not start in time:\n${lines.join("\n")}`);
  if (url === null) {
    const { code, signal } = await ended;
    if (signal !== "SIGKILL") throw new Error(`the server ended with ${signal ?? code}:\n${lines.join("\n")}`);
  }
  return { pid: child.pid, url, ended, logged, running: () => child.exitCode === null && child.signalCode === null };
}

/** Process ids of a server's children by what they are; only those that live. */
export function childrenOf(pid) {
  const found = { encoder: [], decoder: [], lite: [] };
  for (const child of descendants(pid)) {
    const command = read(`/proc/${child}/cmdline`);
    if (command.includes("onnx-encoder-process")) found.encoder.push(child);
    else if (command.includes("decoder-process")) found.decoder.push(child);
    else if (command.includes("milvus-lite.py")) found.lite.push(child);
  }
  return found;
}

const descendants = (pid) =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && stat(name)?.parent === pid && stat(name)?.state !== "Z")
    .map(Number);

function stat(pid) {
  const [, state, parent] = /\) (\S) (\d+)/.exec(read(`/proc/${pid}/stat`)) ?? [];
  return state === undefined ? null : { state, parent: Number(parent) };
}

/** Whether a process runs; one that ended and waits for its parent to notice does not. */
export const isRunning = (pid) => (stat(pid)?.state ?? "Z") !== "Z";

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** One GraphQL operation; throws when there is no answer, and the answer's first error. */
export async function ask(url, query, variables = {}, timeoutMs = 120_000) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { data, errors } = await response.json();
  if (errors?.length > 0) throw Object.assign(new Error(errors[0].message), errors[0].extensions);
  return data;
}

/** Ends a server in order, else by force after a while; how it ended. */
export async function stopServer(server, signal = "SIGTERM") {
  if (server.running()) process.kill(server.pid, signal);
  const timer = setTimeout(() => server.running() && process.kill(server.pid, "SIGKILL"), 60_000);
  const end = await server.ended;
  clearTimeout(timer);
  return end;
}
