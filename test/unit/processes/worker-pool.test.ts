import { startPool } from "../../../src/processes/worker-pool";
import { AppError } from "../../../src/errors";
import type { Worker } from "../../../src/processes/supervised-worker";
import { isAlive, silent, startObedient, type Announcement, type Order } from "../../support/processes/start-obedient";

const open = (size: number, startOne: () => Promise<Worker<Announcement, Order, unknown>> = startObedient) =>
  startPool({ size, startOne: () => startOne(), log: silent });

describe("a worker pool", () => {
  it("starts one worker, and another when there is more to do", async () => {
    const pool = await open(3);
    expect(pool.pids).toHaveLength(1);
    expect(await pool.call({ do: "echo", value: 1 })).toBe(1);
    expect(await pool.call({ do: "echo", value: 2 })).toBe(2);
    expect(pool.pids).toHaveLength(1);
    await Promise.all(Array.from({ length: 8 }, () => pool.call({ do: "sleep", ms: 200 })));
    expect(pool.pids).toHaveLength(3);
    await pool.close();
  });

  it("works side by side and leaves no child", async () => {
    const pool = await open(2);
    await Promise.all([1, 2].map(() => pool.call({ do: "sleep", ms: 300 })));
    const { pids } = pool;
    expect(new Set(pids).size).toBe(2);
    const startedAt = performance.now();
    await Promise.all([1, 2].map(() => pool.call({ do: "sleep", ms: 400 })));
    expect(performance.now() - startedAt).toBeLessThan(700);
    await pool.close();
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it("answers everything that waits before it closes, and nothing after", async () => {
    const pool = await open(2);
    const answers = Array.from({ length: 10 }, (_, value) => pool.call({ do: "echo", value }));
    await pool.close();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 10 }, (_, value) => value));
    expect(pool.pids).toEqual([]);
    await expect(pool.call({ do: "echo", value: 1 })).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
  });

  it("does what is urgent first", async () => {
    const pool = await open(1);
    const done: string[] = [];
    const call = (value: string, urgent: boolean) =>
      pool.call({ do: "echo", value }, urgent).then(() => done.push(value));
    await Promise.all([call("first", false), call("later", false), call("urgent", true)]);
    expect(done).toEqual(["first", "urgent", "later"]);
    await pool.close();
  });

  it("leaves out what nobody waits for any more", async () => {
    const pool = await open(1);
    const gone = new AbortController();
    const running = pool.call({ do: "sleep", ms: 100 }, false, gone.signal);
    const dropped = Promise.allSettled([pool.call({ do: "die" }, false, gone.signal)]);
    const wanted = pool.call({ do: "echo", value: 1 });
    gone.abort(new Error("hung up"));
    expect(await dropped).toMatchObject([{ status: "rejected", reason: { message: "hung up" } }]);
    await running;
    expect(await wanted).toBe(1);
    await pool.close();
  });

  it("prefers a worker that is alive", async () => {
    const pool = await open(2);
    await Promise.all([1, 2].map(() => pool.call({ do: "sleep", ms: 300 })));
    await expect(pool.call({ do: "die" })).rejects.toMatchObject({ name: "ChildDied" });
    expect(await Promise.all([1, 2, 3].map((value) => pool.call({ do: "echo", value })))).toEqual([1, 2, 3]);
    await pool.close();
  });

  it("throws what its first worker throws", async () => {
    const refusing = open(2, async () => {
      throw new AppError("INVALID_MODEL", "no");
    });
    await expect(refusing).rejects.toMatchObject({ code: "INVALID_MODEL" });
  });

  it("goes on with those there are when another one does not start", async () => {
    let starts = 0;
    const pool = await open(4, async () => {
      if (++starts > 1) throw new AppError("INTERNAL_SERVER_ERROR", "no more");
      return startObedient();
    });
    const answers = Array.from({ length: 6 }, (_, value) => pool.call({ do: "echo", value }));
    expect(await Promise.all(answers)).toEqual([0, 1, 2, 3, 4, 5]);
    expect([starts, pool.pids.length]).toEqual([2, 1]);
    await pool.close();
  });
});
