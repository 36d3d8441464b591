import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ServerOptions, type SpawnedServer, startServer } from "../../../src/processes/spawned-server";
import { isAlive, silent } from "../../support/processes/start-obedient";

const PROGRAM = join(__dirname, "../../support/processes/obedient-server.js");

/** Every process that said its id, in order. */
let pids: number[];
let server: SpawnedServer | null;

const options = (args: readonly string[], overrides: Partial<ServerOptions> = {}): ServerOptions => ({
  name: "Obedient",
  command: process.execPath,
  args: [PROGRAM, ...args],
  env: {},
  isReady: (line) => {
    if (line.startsWith("pid ")) pids.push(Number(line.slice(4)));
    return line === "ready";
  },
  startTimeoutMs: 10_000,
  stopSignal: "SIGINT",
  stopTimeoutMs: 2_000,
  log: silent,
  ...overrides,
});
const start = async (...given: Parameters<typeof options>) => (server = await startServer(options(...given)));
const until = async (holds: () => boolean) => {
  while (!holds()) await pause(10);
};

beforeEach(() => {
  pids = [];
  server = null;
});
afterEach(async () => {
  await server?.stop();
  for (const pid of pids.filter(isAlive)) process.kill(pid, "SIGKILL");
});

it("is ready when it says so, and leaves no process when stopped, also twice", async () => {
  await start(["50"]);
  expect(server!.pid).toBe(pids[0]);
  await Promise.all([server!.stop(), server!.stop()]);
  expect(pids.filter(isAlive)).toEqual([]);
});

it("starts again when it is killed", async () => {
  await start(["0"]);
  process.kill(server!.pid!, "SIGKILL");
  await until(() => pids.length === 2 && server!.pid === pids[1]);
  expect(pids.map(isAlive)).toEqual([false, true]);
});

it("leaves no process when it is stopped in the middle of a restart", async () => {
  await start(["400"]);
  process.kill(server!.pid!, "SIGKILL");
  await until(() => pids.length === 2);
  expect(server!.pid).toBeNull();
  await server!.stop();
  await pause(800);
  expect(pids.filter(isAlive)).toEqual([]);
  expect(pids).toHaveLength(2);
});

it("kills a server that does not stop in time", async () => {
  await start(["0", "stubborn"], { stopTimeoutMs: 300 });
  await server!.stop();
  expect(pids.filter(isAlive)).toEqual([]);
});

it("tells the last lines of a server that ends before it is ready", async () => {
  await expect(start(["-1"])).rejects.toMatchObject({
    code: "INTERNAL_SERVER_ERROR",
    message: expect.stringMatching(/Obedient did not start: .*code 4.*the folder is locked/s),
  });
});

it("gives up a server that is not ready in time, and leaves no process", async () => {
  await expect(start(["60000"], { startTimeoutMs: 500 })).rejects.toMatchObject({
    message: expect.stringContaining("not ready within 500 ms"),
  });
  expect(pids.filter(isAlive)).toEqual([]);
});

it("reports a program that is not there", async () => {
  await expect(start([], { command: "/no/such/program" })).rejects.toMatchObject({
    message: expect.stringContaining("ENOENT"),
  });
});

it("closes the server's standard input when this process is killed, so that the server can end", async () => {
  const parent = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
  const pid = Number(line);
  pids.push(pid);
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await until(() => !isRunning(pid));
  expect(isRunning(pid)).toBe(false);
});

/** As `isAlive`, but false of one that ended and waits for its new parent to notice. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

/** A process that starts the server and says its id. */
const PARENT = `
  const { startServer } = require(${JSON.stringify(join(__dirname, "../../../dist/processes/spawned-server"))});
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  startServer({ name: "Obedient", command: process.execPath, args: [${JSON.stringify(PROGRAM)}, "0"], env: {},
    isReady: (line) => line === "ready", startTimeoutMs: 10000, stopSignal: "SIGINT", stopTimeoutMs: 2000, log,
  }).then(({ pid }) => console.log(pid));
`;
