// A Milvus Lite and a Parallax of their own, for the benches to measure side by side with what lies beneath them.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Starts both; `startUpMs` is from the launch of Parallax to its first 200 on /ready. */
export async function setStage() {
  const folder = await mkdtemp(join(tmpdir(), "parallax-bench-"));
  const env = {
    ...process.env,
    MODEL: "mini-clip",
    PORT: "0",
    DATA_FOLDER: folder,
    MILVUS_URI: join(folder, "milvus"),
    LOG_LEVEL: "info",
  };
  const began = performance.now();
  const server = spawn(process.execPath, [join(ROOT, "dist/main.js")], { env, stdio: ["ignore", "pipe", "inherit"] });
  const { url, lite } = await readyLines(server);
  while (!(await fetch(`${url}/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, 5));
  const startUpMs = performance.now() - began;
  const clear = async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, startUpMs, milvusAddress: lite.address, pids: { server: server.pid, milvusLite: lite.child }, clear };
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

/** Runs `work(i)` for i below `count`, so many at once; returns how many a second. */
export async function rate(count, atOnce, work) {
  let next = 0;
  const began = performance.now();
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return count / ((performance.now() - began) / 1_000);
}
