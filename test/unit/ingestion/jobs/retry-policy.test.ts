import { AppError, type ErrorCode } from "../../../../src/errors";
import { retryInMs } from "../../../../src/ingestion/jobs/retry-policy";

const error = (code: ErrorCode) => new AppError(code, "test");

it.each<ErrorCode>(["INVALID_TEXT", "INVALID_IMAGE", "FETCH_FORBIDDEN", "STORE_FAILED", "INTERNAL_SERVER_ERROR"])(
  "does not try again what cannot succeed: %s",
  (code) => expect(retryInMs(error(code), 1)).toBeNull(),
);

it("waits longer after each try, up to a limit, and never as long as another item", () => {
  const most = [1, 2, 3, 4, 5, 20].map((attempts) => retryInMs(error("STORE_UNAVAILABLE"), attempts, () => 1));
  expect(most).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  expect(retryInMs(error("STORE_UNAVAILABLE"), 1, () => 0)).toBe(500);
});

it.each<[ErrorCode, number]>([
  ["FETCH_FAILED", 4],
  ["ENCODER_FAILED", 4],
  ["WORKER_UNAVAILABLE", 40],
  ["STORE_UNAVAILABLE", 40],
  ["LEDGER_UNAVAILABLE", 40],
])("gives %s up after %d tries", (code, tries) => {
  expect(retryInMs(error(code), tries - 1)).not.toBeNull();
  expect(retryInMs(error(code), tries)).toBeNull();
});

it("waits for a worker that is away for longer than its restart budget takes", () => {
  const waits = Array.from({ length: 39 }, (_, i) => retryInMs(error("WORKER_UNAVAILABLE"), i + 1, () => 0)!);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(120_000);
});
