import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

// The server comes from a package that is not published for every platform; scripts/setup.mjs says so where it is not.
const EXECUTABLE = join(__dirname, "../../../.cache/test-milvus/bin/milvus-server");
const PORT = 19_630;
/** Ports that it takes whatever it is told; whoever holds TURN_PORT may start one. */
const FIXED_PORTS = [2_379, 2_380, 9_091, 19_530, 19_531, PORT];
const TURN_PORT = 19_629;

export const hasMilvusServer = existsSync(EXECUTABLE);

export interface MilvusServer {
  readonly uri: string;
  stop(): Promise<void>;
}

/** Starts a Milvus standalone; one at a time on a machine, so this may wait for another test. It is ready a while later. */
export async function startMilvusServer(folder: string): Promise<MilvusServer> {
  const turn = await whenFree(TURN_PORT);
  for (const port of FIXED_PORTS) await closed(await whenFree(port));
  const server = spawn(EXECUTABLE, ["--data", folder, "--proxy-port", String(PORT)], {
    stdio: "ignore",
    detached: true,
  });
  const gone = new Promise((resolve) => server.once("exit", resolve));
  const stop = async () => {
    // On SIGTERM it goes and leaves the Milvus that it started, with its fixed ports, behind.
    server.kill("SIGINT");
    await gone;
    await closed(turn);
  };
  return { uri: `http://127.0.0.1:${PORT}`, stop };
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
