import { startPool } from "../../../src/processes/worker-pool";
import { AppError } from "../../../src/errors";
import { isAlive, startObedient } from "../../support/processes/start-obedient";

describe("a worker pool", () => {
  it("works side by side and leaves no child", async () => {
    const pool = await startPool(2, () => startObedient());
    const { pids } = pool;
    expect(new Set(pids).size).toBe(2);
    const startedAt = performance.now();
    await Promise.all([1, 2].map(() => pool.call({ do: "sleep", ms: 400 })));
    expect(performance.now() - startedAt).toBeLessThan(700);
    await pool.close();
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it("prefers a worker that is alive", async () => {
    const pool = await startPool(2, () => startObedient());
    await expect(pool.call({ do: "die" })).rejects.toMatchObject({ name: "ChildDied" });
    expect(await Promise.all([1, 2, 3].map((value) => pool.call({ do: "echo", value })))).toEqual([1, 2, 3]);
    await pool.close();
  });

  it("ends the others when one does not start", async () => {
    const pids: number[] = [];
    const refusing = startPool(2, async () => {
      if (pids.length > 0) throw new AppError("INVALID_MODEL", "no");
      pids.push(0);
      const worker = await startObedient();
      pids[0] = worker.pid!;
      return worker;
    });
    await expect(refusing).rejects.toMatchObject({ code: "INVALID_MODEL" });
    expect(isAlive(pids[0]!)).toBe(false);
  });
});
