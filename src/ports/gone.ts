/** Whether nobody waits for an answer any more, and why. An AbortSignal is one. */
export interface Gone {
  readonly aborted: boolean;
  readonly reason: unknown;
}

/** What waits in a queue. */
export interface Queued {
  readonly gone: Gone | null;
  reject(reason: unknown): void;
}

/** Whether nobody waits for it any more, which it is told with the reason then; its queue passes it over. */
export function hasLeft(queued: Queued): boolean {
  if (!queued.gone?.aborted) return false;
  queued.reject(queued.gone.reason);
  return true;
}
