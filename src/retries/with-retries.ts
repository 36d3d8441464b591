import { setTimeout as sleep } from "node:timers/promises";
import type { TimeBudget } from "./time-budget";
import { TryAgain } from "./try-again";

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Makes an attempt again, at most `retries` times, when it throws a TryAgain: after pauses that double up to ten
 * seconds and are never the same for two callers, not before the host said, and only while there is time left after the pause.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { retries, budget, closing }: { retries: number; budget: TimeBudget; closing: AbortSignal },
): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof TryAgain)) throw thrown;
      const pauseMs = pauseAfter(tried, thrown.waitMs);
      if (tried >= retries || pauseMs >= budget.leftMs || closing.aborted) throw thrown.failure;
      await budget
        .run(() => sleep(pauseMs, undefined, { signal: closing }))
        .catch(() => {
          throw thrown.failure;
        });
    }
  }
}

function pauseAfter(tried: number, askedMs: number | null): number {
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** tried, LONGEST_PAUSE_MS);
  const jitterMs = (Math.random() * pauseMs) / 2;
  return (askedMs ?? pauseMs / 2) + jitterMs;
}
