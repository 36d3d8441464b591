import type { AppError, ErrorCode } from "../../errors";

/** Tries of one item, by what it failed with; a process, a machine or a store that is away is waited for longer than a picture. */
const TRIES: Partial<Record<ErrorCode, number>> = {
  FETCH_FAILED: 4,
  ENCODER_FAILED: 4,
  ENCODER_UNAVAILABLE: 40,
  WORKER_UNAVAILABLE: 40,
  STORE_UNAVAILABLE: 40,
  LEDGER_UNAVAILABLE: 40,
};
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** An item whose server died so often while it was in work is taken for the cause. */
export const MOST_INTERRUPTIONS = 20;

/** Milliseconds until an item that failed for the `attempts`-th time is tried again; null: it is not. */
export function retryInMs(error: AppError, attempts: number, random: () => number = Math.random): number | null {
  if (!error.retryable || attempts >= (TRIES[error.code] ?? 1)) return null;
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return Math.round(pauseMs * (0.5 + random() / 2));
}
