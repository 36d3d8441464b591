import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:http2";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const ROOT = join(__dirname, "../..");
const PYTHON = join(ROOT, ".venv/bin/python");
const PROGRAMS = {
  ours: [join(ROOT, "milvus-lite/milvus-lite.py")],
  upstream: ["-m", "milvus_lite", "server"],
};
/** What a process has loaded is told by /proc alone. */
const CAN_TELL = process.platform === "linux";
type Program = keyof typeof PROGRAMS;
const dropIf = (mended: string) => `upstream has mended ${mended}: drop it from milvus-lite.py`;

let folder: string;
const running: ChildProcessWithoutNullStreams[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parallax-"));
});
afterEach(() => running.splice(0).forEach((child) => child.kill("SIGKILL")));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Resolves with whether it listens; false: it ended instead. */
async function start(program: Program, data: string, port: number) {
  const options = ["--data-dir", join(folder, data), "--host", "127.0.0.1", "--port", String(port)];
  const child = spawn(PYTHON, [...PROGRAMS[program], ...options], { env: { PYTHONUNBUFFERED: "1" } });
  running.push(child);
  const listens = new Promise<boolean>((resolve) =>
    child.stdout.on("data", (text) => String(text).includes("gRPC server listening") && resolve(true)),
  );
  return { child, isListening: await Promise.race([listens, once(child, "exit").then(() => false)]) };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** Whether a server hangs up on a client that pings it often. */
async function hangsUp(port: number): Promise<boolean> {
  const client = connect(`http://127.0.0.1:${port}`);
  client.on("error", () => undefined);
  let gone = false;
  client.on("goaway", () => (gone = true));
  await once(client, "connect");
  for (let pings = 0; pings < 8 && !gone; pings++) {
    await new Promise<void>((resolve) => void client.ping(() => resolve()));
    await pause(20);
  }
  client.destroy();
  return gone;
}

/** What befalls a server whose port another wants, that is pinged and whose parent goes. */
async function fate(program: Program) {
  const port = await freePort();
  const first = await start(program, `${program} first`, port);
  const loaded = await readFile(`/proc/${first.child.pid}/maps`, "utf8").catch(() => "");
  const pinged = await hangsUp(port);
  const second = await start(program, `${program} second`, port);
  first.child.stdin.end();
  const ended = once(first.child, "exit").then(([code]) => code as number);
  const code = await Promise.race([ended, pause(5_000, null, { ref: false })]);
  return {
    sharesPort: first.isListening && second.isListening,
    hangsUp: pinged,
    code,
    loadsPandas: loaded.includes("pandas"),
  };
}

it("is needed: upstream shares its port, hangs up on clients that ping it, stays behind its parent and loads a client", async () => {
  const upstream = await fate("upstream");
  expect([upstream.sharesPort, dropIf("the sharing of ports")]).toContain(true);
  expect([upstream.hangsUp, dropIf("hanging up on clients that ping")]).toContain(true);
  expect([upstream.code, dropIf("staying behind its parent")]).toContain(null);
  expect([upstream.loadsPandas, dropIf("the loading of a client")]).toContain(CAN_TELL);
});

it("refuses a port that is in use, bears pings, ends with its parent and loads no client", async () => {
  expect(await fate("ours")).toEqual({ sharesPort: false, hangsUp: false, code: 0, loadsPandas: false });
});

it("ends in order when it is asked to while its parent lives", async () => {
  const { child } = await start("ours", "asked", await freePort());
  const said: string[] = [];
  child.stderr.on("data", (text) => said.push(String(text)));
  child.kill("SIGINT");
  const [code, signal] = await once(child, "close");
  expect({ code, signal, said: said.join("") }).toEqual({ code: 0, signal: null, said: "" });
});
