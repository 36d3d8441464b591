import { ByteBudget } from "../../../../src/ingestion/jobs/byte-budget";

const turns = () => new Promise((resolve) => setImmediate(resolve));

it("grants what is free at once, and the rest in turn as it is released", async () => {
  const budget = new ByteBudget(100);
  const granted: number[] = [];
  const acquire = (bytes: number) => void budget.acquire(bytes).then((got) => granted.push(got));
  for (const bytes of [60, 50, 10]) acquire(bytes);
  await turns();
  // The small one does not overtake, or the large one might wait for ever.
  expect(granted).toEqual([60]);
  budget.release(60);
  await turns();
  expect(granted).toEqual([60, 50, 10]);
});

it("grants who wants more than there is all of it, alone", async () => {
  const budget = new ByteBudget(100);
  await budget.acquire(10);
  const all = budget.acquire(1_000);
  budget.release(10);
  expect(await all).toBe(100);
});
