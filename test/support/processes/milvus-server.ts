import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

// The server comes from a package that is not published for every platform; scripts/setup.mjs says so where it is not.
const EXECUTABLE = join(__dirname, "../../../.cache/test-milvus/bin/milvus-server");
const PORT = 19_630;
/** Ports that it takes whatever it is told; whoever holds TURN_PORT may start one. */
const FIXED_PORTS = [2_379, 2_380, 9_091, 19_530, 19_531, PORT];
const TURN_PORT = 19_629;
const READY_WITHIN_MS = 60_000;
const ATTEMPTS = 3;

export const hasMilvusServer = existsSync(EXECUTABLE);

export interface MilvusServer {
  readonly uri: string;
  stop(): Promise<void>;
}

/** Starts a Milvus standalone; one at a time on a machine, so this may wait for another test. */
export async function startMilvusServer(folder: string): Promise<MilvusServer> {
  const turn = await whenFree(TURN_PORT);
  for (let attempt = 1; ; attempt++) {
    for (const port of FIXED_PORTS) await closed(await whenFree(port));
    const kill = spawnServer(join(folder, String(attempt)));
    const stop = () => kill().then(() => closed(turn));
    if (await answers(PORT, READY_WITHIN_MS)) return { uri: `http://127.0.0.1:${PORT}`, stop };
    // On a busy machine its parts may miss each other when they start, and then it never gets ready.
    if (attempt === ATTEMPTS) return stop().then(() => Promise.reject(new Error("Milvus did not get ready")));
    await kill();
  }
}

function spawnServer(folder: string): () => Promise<void> {
  const args = ["--data", folder, "--proxy-port", String(PORT)];
  const server = spawn(EXECUTABLE, args, { stdio: "ignore", detached: true });
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  return () => {
    // On SIGTERM it goes and leaves the Milvus that it started, with its fixed ports, behind.
    server.kill("SIGINT");
    return gone;
  };
}

async function answers(port: number, withinMs: number): Promise<boolean> {
  for (const untilMs = Date.now() + withinMs; Date.now() < untilMs; await pause(200)) {
    const socket = connect(port, "127.0.0.1");
    const open = await new Promise<boolean>((resolve) =>
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false)),
    );
    socket.destroy();
    if (open) return true;
  }
  return false;
}

async function whenFree(port: number): Promise<Server> {
  for (;;) {
    const server = await listen(port).catch(() => null);
    if (server) return server;
    await pause(200);
  }
}

/** On all addresses, as Milvus does. */
const listen = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).once("error", reject);
    server.listen(port, () => resolve(server));
  });

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
