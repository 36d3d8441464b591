import { access, constants, mkdir } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../../errors";
import type { Log } from "../../log";
import { startServer, type SpawnedServer } from "../../processes/spawned-server";
import { isOwnerAlive, noteOwner } from "./lite-owner";
import { pythonInClone } from "./lite-python";

const LOCKED = /DataDirLocked/;
const HOST = "127.0.0.1";
const SCRIPT = join(__dirname, "../../../milvus-lite/milvus-lite.py");
/** How long the Lite of a server that was just killed may take to flush and let go of the folder. */
const LOCK_PATIENCE_MS = 15_000;
/** The same while that server is there: it may be about to end. */
const LIVING_OWNER_PATIENCE_MS = 2_000;

export interface MilvusLiteOptions {
  readonly folder: string;
  /** A Python that has what requirements.txt names; null: the clone's own, else whichever is on the PATH. */
  readonly python: string | null;
  /** Told whenever its process was launched, with the address that it will have; work done then costs no time. */
  readonly onLaunch?: (address: string) => void;
  readonly log: Log;
}

export interface MilvusLite {
  /** "127.0.0.1:port", the same for as long as it runs. */
  readonly address: string;
  readonly pid: number | null;
  /** Flushes and stops. */
  stop(): Promise<void>;
}

/**
 * Starts Milvus Lite on a folder, on a free port of the loopback address. Throws STORE_UNAVAILABLE when it does not start
 * or another process has the folder, INVALID_CONFIGURATION when the folder cannot be written.
 */
export async function startMilvusLite({ folder, python, onLaunch, log }: MilvusLiteOptions): Promise<MilvusLite> {
  await checkWritable(folder);
  const command = python ?? pythonInClone() ?? "python3";
  const began = Date.now();
  for (;;) {
    const port = await freePort();
    const address = `${HOST}:${port}`;
    try {
      const starting = start(command, folder, port, log);
      onLaunch?.(address);
      const server = await starting;
      await noteOwner(folder);
      return lite(server, address);
    } catch (error) {
      const message = (error as Error).message;
      const locked = LOCKED.test(message);
      const passing = locked || /Failed to bind|address already in use/i.test(message);
      const patienceMs = locked && (await isOwnerAlive(folder)) ? LIVING_OWNER_PATIENCE_MS : LOCK_PATIENCE_MS;
      if (!passing || Date.now() > began + patienceMs) throw refuse(folder, message, error);
      await pause(250);
    }
  }
}

const lite = (server: SpawnedServer, address: string): MilvusLite => ({
  address,
  get pid() {
    return server.pid;
  },
  stop: () => server.stop(),
});

const start = (command: string, folder: string, port: number, log: Log): Promise<SpawnedServer> =>
  startServer({
    name: "Milvus Lite",
    command,
    args: [SCRIPT, "--data-dir", folder, "--host", HOST, "--port", String(port)],
    // Unbuffered: else the line that says "ready" stays in a buffer. One thread a calculation: calls at the same time would
    // fight for the cores, and a search took four times as long.
    env: { PYTHONUNBUFFERED: "1", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    isReady: (line) => line.includes("gRPC server listening"),
    // A patch that does not fit its milvus-lite, and that only makes it faster: milvus-lite/README.md.
    isWarning: (line) => line.startsWith("Going without"),
    startTimeoutMs: 60_000,
    // Lite flushes on SIGINT only; SIGTERM kills it at once.
    stopSignal: "SIGINT",
    stopTimeoutMs: 15_000,
    log,
  });

async function checkWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const message = `Milvus Lite cannot write to ${folder}. Set MILVUS_URI to a folder that can be written.`;
    throw new AppError("INVALID_CONFIGURATION", message, { cause });
  }
}

function refuse(folder: string, message: string, cause: unknown): AppError {
  const why = LOCKED.test(message)
    ? `another process has ${folder} open: stop it, or set MILVUS_URI to another folder`
    : /ENOENT/.test(message)
      ? "its Python was not found: run `npm run build`, or set MILVUS_LITE_PYTHON"
      : message;
  return new AppError("STORE_UNAVAILABLE", `Milvus Lite did not start: ${why}`, { cause });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, HOST);
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
