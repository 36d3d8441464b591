import { setTimeout as pause } from "node:timers/promises";
import { BoundedQueue } from "../../../../src/ingestion/jobs/bounded-queue";

const item = (n: number) => ({ n });
const isSettled = async (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => true), pause(20).then(() => false)]);

it("gives items in the order in which they came", async () => {
  const queue = new BoundedQueue(3);
  for (const n of [1, 2, 3]) await queue.put(item(n));
  expect([await queue.take(), await queue.take(), await queue.take()]).toEqual([item(1), item(2), item(3)]);
});

it("lets nobody put while it is full, until something is taken", async () => {
  const queue = new BoundedQueue(1);
  await queue.put(item(1));
  const second = queue.put(item(2));
  expect(await isSettled(second)).toBe(false);
  expect(await queue.take()).toEqual(item(1));
  expect(await second).toBe(true);
});

it("never holds more than its capacity, however many put at once", async () => {
  const queue = new BoundedQueue(2);
  const puts = Promise.all([1, 2, 3, 4, 5].map((n) => queue.put(item(n))));
  await pause(5);
  expect(queue.abandon()).toEqual([item(1), item(2)]);
  expect(await puts).toEqual([true, true, false, false, false]);
});

it("keeps whoever takes waiting until something comes, or nothing will", async () => {
  const queue = new BoundedQueue(1);
  const taken = queue.take();
  await queue.put(item(1));
  expect(await taken).toEqual(item(1));
  const none = queue.take();
  queue.close();
  expect(await none).toBeUndefined();
});

it("gives what is there after it was closed, and takes nothing more", async () => {
  const queue = new BoundedQueue(2);
  await queue.put(item(1));
  queue.close();
  expect(await queue.put(item(2))).toBe(false);
  expect([await queue.take(), await queue.take()]).toEqual([item(1), undefined]);
});

it("gives a batch as soon as it is full, or when time is up", async () => {
  const queue = new BoundedQueue(10);
  for (const n of [1, 2, 3]) await queue.put(item(n));
  expect(await queue.takeBatch(2, 60_000)).toEqual([item(1), item(2)]);
  expect(await queue.takeBatch(2, 10)).toEqual([item(3)]);
});

it("waits for company of the first, and for nobody once it is closed", async () => {
  const queue = new BoundedQueue(10);
  const batch = queue.takeBatch(3, 60_000);
  await queue.put(item(1));
  await pause(5);
  await queue.put(item(2));
  queue.close();
  expect(await batch).toEqual([item(1), item(2)]);
  expect(await queue.takeBatch(3, 60_000)).toEqual([]);
});
