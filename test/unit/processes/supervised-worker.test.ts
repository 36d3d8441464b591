import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { types } from "node:util";
import { ChildDied } from "../../../src/processes/child-died";
import type { Worker } from "../../../src/processes/supervised-worker";
import { type Announcement, isAlive, type Order, startObedient } from "../../support/processes/start-obedient";

let worker: Worker<Announcement, Order, unknown>;
const start = async (...overrides: Parameters<typeof startObedient>) => (worker = await startObedient(...overrides));

afterEach(() => worker.close());

describe("a supervised worker", () => {
  it("announces itself and answers", async () => {
    await start();
    expect(worker.ready).toEqual({ ready: "yes", pid: worker.pid });
    const answers = [1, "two", { three: [3] }].map((value) => worker.call({ do: "echo", value }));
    expect(await Promise.all(answers)).toEqual([1, "two", { three: [3] }]);
  });

  it("carries typed arrays as such, without what surrounded them", async () => {
    await start();
    const bytes = (await worker.call({ do: "bytes", length: 3 })) as Uint8Array;
    expect(types.isUint8Array(bytes) && [...bytes]).toEqual([7, 7, 7]);
    expect(bytes.buffer.byteLength).toBe(3);
    const { vectors } = (await worker.call({ do: "floats" })) as { vectors: Float32Array[] };
    expect(types.isFloat32Array(vectors[0]) && [...vectors[0]]).toEqual([1, 2.5, -3]);
    const sent = new Uint8Array(1_000_000).subarray(5, 7).fill(9);
    expect([...((await worker.call({ do: "echo", value: sent })) as Uint8Array)]).toEqual([9, 9]);
  });

  it("keeps code and message of an error and hides those of a fault", async () => {
    await start();
    await expect(worker.call({ do: "fail", code: "INVALID_IMAGE", message: "not whole" })).rejects.toMatchObject({
      name: "AppError",
      code: "INVALID_IMAGE",
      message: "not whole",
    });
    await expect(worker.call({ do: "throw", message: "secret" })).rejects.toMatchObject({
      code: "INTERNAL_SERVER_ERROR",
      message: expect.not.stringContaining("secret"),
      cause: expect.stringContaining("secret"),
    });
  });

  it("passes on only the harmless part of the environment", async () => {
    process.env["PARALLAX_TEST_SECRET"] = "hush";
    await start();
    const environment = await worker.call({ do: "environment" });
    delete process.env["PARALLAX_TEST_SECRET"];
    expect(environment).toHaveProperty("PATH");
    expect(environment).not.toHaveProperty("PARALLAX_TEST_SECRET");
  });

  it("fails only the call whose child was killed, and serves the others by the next child", async () => {
    await start();
    const killed = worker.pid!;
    const struck = worker.call({ do: "sleep", ms: 5_000 });
    const waiting = worker.call({ do: "echo", value: "still here" });
    process.kill(killed, "SIGKILL");
    await expect(struck).rejects.toMatchObject({ name: "ChildDied", reason: "crashed" });
    expect(await waiting).toBe("still here");
    expect(worker.pid).not.toBe(killed);
    expect(isAlive(killed)).toBe(false);
  });

  it("kills a child that is over its deadline", async () => {
    await start({ deadlineMs: 1_500 });
    const stuck = worker.pid!;
    await expect(worker.call({ do: "spin" })).rejects.toMatchObject({ name: "ChildDied", reason: "deadline" });
    expect(isAlive(stuck)).toBe(false);
    expect(await worker.call({ do: "echo", value: 1 })).toBe(1);
  });

  it("kills a child that is over its memory bound, though it is busy", async () => {
    await start({ init: { ready: "yes", maxMemoryBytes: 300_000_000 } });
    expect(await worker.call({ do: "hoard", bytes: 1_000_000 })).toBe(1_000_000);
    const hoarder = worker.pid!;
    await expect(worker.call({ do: "hoard", bytes: 500_000_000 })).rejects.toMatchObject({
      name: "ChildDied",
      reason: "memory",
    });
    expect(isAlive(hoarder)).toBe(false);
    expect(await worker.call({ do: "echo", value: 1 })).toBe(1);
  });

  it("sends urgent calls first, each kind in order", async () => {
    await start();
    const order: string[] = [];
    const call = (value: string, urgent: boolean) =>
      worker.call({ do: "echo", value }, urgent).then((answer) => order.push(answer as string));
    const calls = [
      worker.call({ do: "sleep", ms: 100 }),
      ...["a", "b"].map((value) => call(value, false)),
      ...["X", "Y"].map((value) => call(value, true)),
    ];
    await Promise.all(calls);
    expect(order).toEqual(["X", "Y", "a", "b"]);
  });

  it("refuses calls while its restart budget is spent, then tries again", async () => {
    await start({ restartBudget: { restarts: 1, perMs: 1_500 } });
    await expect(worker.call({ do: "die" })).rejects.toBeInstanceOf(ChildDied);
    await expect(worker.call({ do: "die" })).rejects.toBeInstanceOf(ChildDied);
    await pause(50);
    await expect(worker.call({ do: "echo", value: 1 })).rejects.toMatchObject({
      code: "WORKER_UNAVAILABLE",
      retryable: true,
      message: expect.stringContaining("keeps dying"),
    });
    await pause(2_500);
    expect(await worker.call({ do: "echo", value: 2 })).toBe(2);
  });

  it("throws what the first start threw", async () => {
    await expect(startObedient({ init: { refuse: "no such model" } })).rejects.toMatchObject({
      code: "INVALID_MODEL",
      message: "no such model",
    });
    await expect(startObedient({ init: { dieAtStart: true } })).rejects.toMatchObject({
      code: "INTERNAL_SERVER_ERROR",
      message: expect.stringMatching(/did not start: .*exit code 3.*no model here/s),
    });
  });

  it("lets calls finish when it is closed, and leaves no child", async () => {
    const pid = (await start()).pid!;
    const last = worker.call({ do: "sleep", ms: 200 });
    await Promise.all([worker.close(), worker.close()]);
    expect(await last).toBe("slept");
    expect(isAlive(pid)).toBe(false);
    await expect(worker.call({ do: "echo" })).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
  });
});

describe("a child", () => {
  it("ignores the terminal's signals and ends when its parent goes away", async () => {
    const entry = join(__dirname, "../../support/processes/obedient-worker.js");
    const child = fork(entry, { serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"] });
    child.send({ id: 1, body: { ready: "yes" } });
    await once(child, "message");
    child.kill("SIGINT");
    child.kill("SIGTERM");
    child.send({ id: 2, body: { do: "echo", value: "alive" } });
    expect((await once(child, "message"))[0]).toEqual({ id: 2, outcome: { ok: true, value: "alive" } });
    child.disconnect();
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  });
});
