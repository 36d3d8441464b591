import { AppError, succeeded, type Outcome } from "../../../src/errors";
import { BatchRefused } from "../../../src/encoders/remote/batch-refused";
import { narrowedBatch } from "../../../src/encoders/remote/narrowed-batch";

const refused = (mayPass: boolean) => new BatchRefused(new AppError("ENCODER_FAILED", "no"), mayPass);
const alone = async (_: number, { failure }: BatchRefused): Promise<Outcome<number>> => ({ ok: false, error: failure });
const ITEMS = [0, 1, 2, 3, 4, 5, 6, 7];

/** Runs a batch with `fails` looking at each part; the outcomes, and the parts in the order that they were tried. */
async function run(fails: (part: readonly number[], tried: number) => Error | null) {
  const parts: (readonly number[])[] = [];
  const outcomes = await narrowedBatch(
    ITEMS,
    async (part) => {
      parts.push(part);
      const failure = fails(part, parts.length);
      if (failure !== null) throw failure;
      return part.map((item) => succeeded(item * 10));
    },
    alone,
  );
  return { outcomes: outcomes.map((one) => (one.ok ? one.value : one.error.code)), parts };
}

const RIGHT = ITEMS.map((item) => item * 10);

it("sends a batch once where it is answered", async () => {
  expect(await run(() => null)).toEqual({ outcomes: RIGHT, parts: [ITEMS] });
});

it("sends it once more where that may help", async () => {
  const { outcomes, parts } = await run((_, tried) => (tried === 1 ? refused(true) : null));
  expect([outcomes, parts]).toEqual([RIGHT, [ITEMS, ITEMS]]);
});

it("halves what is refused until the item at fault is alone, and keeps the order", async () => {
  const { outcomes, parts } = await run((part) => (part.includes(6) ? refused(false) : null));
  expect(outcomes).toEqual(RIGHT.with(6, "ENCODER_FAILED" as never));
  expect(parts).toEqual([ITEMS, [0, 1, 2, 3], [4, 5, 6, 7], [4, 5], [6, 7], [6], [7]]);
});

it("fails all, and asks no more, when it is no item's fault", async () => {
  const { outcomes, parts } = await run(() => new AppError("ENCODER_UNAVAILABLE", "away"));
  expect([outcomes, parts]).toEqual([ITEMS.map(() => "ENCODER_UNAVAILABLE"), [ITEMS]]);
});

it("throws only SHUTTING_DOWN", async () => {
  await expect(run(() => new AppError("SHUTTING_DOWN", "closed"))).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
  expect((await run(() => new TypeError("a fault of ours"))).outcomes).toEqual(ITEMS.map(() => "ENCODER_FAILED"));
});
