import { setTimeout as pause } from "node:timers/promises";
import { KeyedLock } from "../../../src/ingestion/keyed-lock";
import { SharedLock } from "../../../src/ingestion/shared-lock";

/** Work that notes when it begins and ends. */
function diary() {
  const notes: string[] = [];
  const work =
    (name: string, ms = 10) =>
    async () => {
      notes.push(`${name} begins`);
      await pause(ms);
      notes.push(`${name} ends`);
      return name;
    };
  return { notes, work };
}

describe("KeyedLock", () => {
  it("lets work that shares a name go one after the other, in turn, and gives its result", async () => {
    const lock = new KeyedLock();
    const { notes, work } = diary();
    const all = [lock.hold(["x", "y"], work("a", 20)), lock.hold(["y"], work("b", 1)), lock.hold(["x"], work("c", 5))];
    expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
    expect(notes.slice(0, 2)).toEqual(["a begins", "a ends"]);
  });

  it("lets other work go on side by side", async () => {
    const lock = new KeyedLock();
    const { notes, work } = diary();
    await Promise.all([lock.hold(["x"], work("a", 20)), lock.hold(["y"], work("b", 1))]);
    expect(notes).toEqual(["a begins", "b begins", "b ends", "a ends"]);
  });

  it("does not stand in its own way when a name comes twice", async () => {
    expect(await new KeyedLock().hold(["x", "x"], async () => "done")).toBe("done");
  });

  it("goes on after work that failed, and no deadlock comes of names in another order", async () => {
    const lock = new KeyedLock();
    const broken = lock.hold(["x", "y"], () => Promise.reject(new Error("broken")));
    const next = [lock.hold(["y", "x"], async () => 1), lock.hold(["x", "y"], async () => 2)];
    await expect(broken).rejects.toThrow("broken");
    expect(await Promise.all(next)).toEqual([1, 2]);
  });
});

describe("SharedLock", () => {
  it("lets many share, and one alone only when all of them are done", async () => {
    const lock = new SharedLock();
    const { notes, work } = diary();
    await Promise.all([lock.share(work("a", 20)), lock.share(work("b", 1)), lock.alone(work("alone", 1))]);
    expect(notes).toEqual(["a begins", "b begins", "b ends", "a ends", "alone begins", "alone ends"]);
  });

  it("lets whoever comes after one alone wait for it", async () => {
    const lock = new SharedLock();
    const { notes, work } = diary();
    await Promise.all([lock.alone(work("first", 10)), lock.share(work("b", 1)), lock.alone(work("c", 1))]);
    expect(notes).toEqual(["first begins", "first ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("goes on after work that failed", async () => {
    const lock = new SharedLock();
    await expect(lock.alone(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await expect(lock.share(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await lock.alone(async () => "done")).toBe("done");
  });
});
