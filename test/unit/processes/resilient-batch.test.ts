import { AppError, type Outcome, succeeded } from "../../../src/errors";
import { ChildDied } from "../../../src/processes/child-died";
import { resilientBatch } from "../../../src/processes/resilient-batch";

const onFatal = (thrown: unknown): AppError =>
  new AppError("ENCODER_FAILED", thrown instanceof ChildDied ? "killed the child" : "failed");

/** A run that counts, and dies of the items named as poison. */
function runWith(poison: readonly number[], deathsAnyway = 0) {
  const sizes: number[] = [];
  const run = async (items: readonly number[]): Promise<Outcome<string>[]> => {
    sizes.push(items.length);
    if (sizes.length <= deathsAnyway || items.some((item) => poison.includes(item)))
      throw new ChildDied("crashed", "The child died.");
    return items.map((item) => succeeded(`item ${item}`));
  };
  return { run, sizes };
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

describe("resilientBatch", () => {
  it("runs a healthy batch once", async () => {
    const { run, sizes } = runWith([]);
    expect(await resilientBatch(range(3), run, onFatal)).toEqual(range(3).map((item) => succeeded(`item ${item}`)));
    expect(sizes).toEqual([3]);
  });

  it("retries a batch that lost its child once", async () => {
    const { run, sizes } = runWith([], 1);
    const outcomes = await resilientBatch(range(4), run, onFatal);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(sizes).toEqual([4, 4]);
  });

  it.each([[[0]], [[13]], [[31]], [[2, 3, 20]]])("fails only the items at fault: %p of 32", async (poison) => {
    const { run } = runWith(poison);
    const outcomes = await resilientBatch(range(32), run, onFatal);
    const told = outcomes.map((outcome) => (outcome.ok ? outcome.value : outcome.error.message));
    expect(told).toEqual(range(32).map((item) => (poison.includes(item) ? "killed the child" : `item ${item}`)));
  });

  it("fails every item when the run throws something else", async () => {
    const run = () => Promise.reject(new AppError("INTERNAL_SERVER_ERROR", "broken"));
    const outcomes = await resilientBatch(range(2), run, onFatal);
    expect(outcomes).toMatchObject([{ error: { message: "failed" } }, { error: { message: "failed" } }]);
  });

  it("does not blame the items when the worker is away for some time", async () => {
    const run = () => Promise.reject(new AppError("WORKER_UNAVAILABLE", "keeps dying"));
    const [outcome] = await resilientBatch(range(1), run, onFatal);
    expect(outcome).toMatchObject({ error: { code: "WORKER_UNAVAILABLE", retryable: true } });
  });

  it("throws when the worker is closed", async () => {
    const run = () => Promise.reject(new AppError("SHUTTING_DOWN", "closed"));
    await expect(resilientBatch(range(2), run, onFatal)).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
  });
});
