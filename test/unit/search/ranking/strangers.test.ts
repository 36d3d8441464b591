import { Strangers, spreadOf } from "../../../../src/search/ranking/strangers";
import { randomNumbers, randomVector } from "../../../support/documents";

const random = randomNumbers(5);
const some = (count: number) => Array.from({ length: count }, () => randomVector(random, 32));
const strangers = new Strangers(some(80), some(80), false);

it("measures the spread around 0", () => {
  expect(spreadOf([3, -4, 0, 0])).toBeCloseTo(2.5, 6);
  expect(spreadOf([])).toBe(1e-3);
  expect(strangers.spread).toBeCloseTo(1 / Math.sqrt(32), 1);
});

it("tells the share that is at least as near", () => {
  expect(strangers.shareAbove(0)).toBeCloseTo(0.5, 1);
  expect(strangers.shareAbove(1)).toBeCloseTo(0.16, 1);
  expect(strangers.shareAbove(-100)).toBe(1);
});

it("falls without a step and never reaches 0, also beyond what was seen", () => {
  const shares = Array.from({ length: 140 }, (_, i) => strangers.shareAbove(-3 + i / 10));
  const steps = shares.slice(1).map((share, i) => shares[i]! - share);
  expect(Math.min(...shares)).toBeGreaterThan(0);
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...steps)).toBeLessThan(0.06);
});

it("leaves out pairs about one thing", () => {
  const things = some(40);
  expect(new Strangers(things, things, true).shareAbove(4)).toBeLessThan(0.005);
  expect(new Strangers(things, things, false).shareAbove(4)).toBeGreaterThan(0.005);
});
