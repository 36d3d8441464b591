import { Rate } from "../../../../src/ingestion/jobs/rate";

it("tells items a second since the start, then over the last ten seconds", () => {
  let now = 0;
  const rate = new Rate(() => now);
  rate.add(10);
  expect(rate.perSecond).toBeNull();
  now = 2_000;
  expect(rate.perSecond).toBe(5);
  now = 9_000;
  rate.add(80);
  expect(rate.perSecond).toBe(10);
  now = 12_000;
  expect(rate.perSecond).toBe(8);
  now = 60_000;
  expect(rate.perSecond).toBe(0);
});
