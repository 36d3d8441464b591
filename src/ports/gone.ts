/** Whether nobody waits for an answer any more, and why. An AbortSignal is one. */
export interface Gone {
  readonly aborted: boolean;
  readonly reason: unknown;
}
