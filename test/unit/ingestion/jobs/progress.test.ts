import { Progress } from "../../../../src/ingestion/jobs/progress";
import type { Job } from "../../../../src/ports/ledger";

const job = (ingested: number, total = 3): Job => ({
  id: "0".repeat(32),
  tenant: "default",
  requestId: null,
  state: ingested === total ? "succeeded" : "running",
  total,
  counts: { pending: total - ingested, ingested, duplicate: 0, failed: 0, cancelled: 0 },
  itemsPerSecond: null,
  createdAt: new Date(0),
  finishedAt: ingested === total ? new Date(1) : null,
  pdfsInWork: [],
});

it("gives the job as it is, each change, and ends with it", async () => {
  let looks = 0;
  const progress = new Progress(async () => job(Math.min(3, ++looks)));
  const seen: number[] = [];
  for await (const { counts } of progress.watch(job(0))) seen.push(counts.ingested);
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(progress.watched).toBe(0);
});

it("gives the job again when a PDF in work has come further, and not when it has not", async () => {
  const pdf = { index: 0, key: null, title: null, pages: 96 };
  const looks = [0, 0, 32, 32, 64].map((pagesDone) => ({ ...job(0), pdfsInWork: [{ ...pdf, pagesDone }] }));
  const progress = new Progress(async () => looks.shift() ?? job(3));
  const seen: (number | undefined)[] = [];
  for await (const { pdfsInWork } of progress.watch(job(0))) seen.push(pdfsInWork[0]?.pagesDone);
  expect(seen).toEqual([undefined, 0, 32, 64, undefined]);
});

it("looks once for all who watch, and not at all when nobody does", async () => {
  let looks = 0;
  const progress = new Progress(async () => job(++looks === 1 ? 1 : 2));
  const watchers = Array.from({ length: 50 }, () => progress.watch(job(0)));
  for (const one of watchers) expect((await one.next()).value?.counts.ingested).toBe(0);
  const next = await Promise.all(watchers.map((one) => one.next()));
  expect(next.every(({ value }) => value?.counts.ingested === 1)).toBe(true);
  expect(looks).toBe(1);
  expect(progress.watched).toBe(1);
  await Promise.all(watchers.map((one) => one.return?.()));
  expect(progress.watched).toBe(0);
});

it("ends one that waits when it is given back, when the job is gone, and when all is closed", async () => {
  const given = new Progress(async () => job(0));
  const gone = new Progress(async () => null);
  const closed = new Progress(async () => job(0));
  const [a, b, c] = [given, gone, closed].map((progress) => progress.watch(job(0)));
  for (const one of [a!, b!, c!]) await one.next();
  const ends = [a!, b!, c!].map((one) => one.next());
  await a!.return?.();
  closed.close();
  expect(await Promise.all(ends)).toEqual(Array(3).fill({ value: undefined, done: true }));
  expect([given.watched, gone.watched, closed.watched]).toEqual([0, 0, 0]);
});

it("goes on when the ledger does not answer for a moment", async () => {
  let looks = 0;
  const progress = new Progress(() => (++looks === 1 ? Promise.reject(new Error("away")) : Promise.resolve(job(3))));
  const watcher = progress.watch(job(0));
  await watcher.next();
  expect((await watcher.next()).value?.counts.ingested).toBe(3);
});
