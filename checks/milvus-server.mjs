// The real Milvus server that the contract tests use, on data of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ROOT } from "./kill-server.mjs";

const PROGRAM = join(ROOT, ".cache/test-milvus/bin/milvus-server");
const PORT = 19_640;
/** It takes these whatever it is told, so there can be one of it on a machine. */
const FIXED_PORTS = [2_379, 2_380, 9_091, 19_529, 19_530, 19_531];
const PATIENCE_MS = 300_000;
const START_MS = 90_000;
const TRIES = 3;

/** Whether it is installed here; `npm run test:contract` installs it. */
export const hasMilvusServer = () => existsSync(PROGRAM);

/** Starts it on a folder, once no other one runs; `stop` keeps the data. Resolves when it listens. */
export async function startMilvusServer(folder) {
  for (let tries = 1; ; tries++) {
    await untilFree();
    const server = start(folder);
    if (await server.listens()) return server;
    await server.stop();
    // Another one, started at the same moment, may have been the first at its ports.
    if (tries === TRIES) throw new Error("the Milvus server did not start.");
  }
}

function start(folder) {
  const args = ["--data", folder, "--proxy-port", String(PORT)];
  const child = spawn(PROGRAM, args, { stdio: "ignore", detached: true });
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  // One that is left behind holds its fixed ports until somebody finds it.
  process.once("exit", () => !ended() && child.kill("SIGINT"));
  const listens = async () => {
    const deadline = Date.now() + START_MS;
    while (!ended() && Date.now() < deadline) {
      if (await isTaken(PORT)) return true;
      await pause(500);
    }
    return false;
  };
  const stop = async () => {
    if (ended()) return;
    const gone = once(child, "exit");
    // On SIGTERM it goes and leaves the Milvus that it started, with its fixed ports, behind.
    child.kill("SIGINT");
    await gone;
  };
  return { address: `http://127.0.0.1:${PORT}`, listens, stop };
}

async function untilFree() {
  const deadline = Date.now() + PATIENCE_MS;
  for (let said = false; ; said = true) {
    const taken = await Promise.all([...FIXED_PORTS, PORT].map(isTaken));
    if (!taken.includes(true)) return;
    if (!said) console.log("another Milvus server runs on this machine: waiting for it to end …");
    if (Date.now() > deadline) throw new Error("another Milvus server holds its ports; stop it and try again.");
    await pause(1_000);
  }
}

const isTaken = (port) =>
  new Promise((resolve) => {
    const probe = createConnection({ port, host: "127.0.0.1" });
    const answer = (taken) => {
      probe.destroy();
      resolve(taken);
    };
    probe.once("connect", () => answer(true)).once("error", () => answer(false));
  });
