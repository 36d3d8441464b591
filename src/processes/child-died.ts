/**
 * Why a call lost its child: it ended by itself or by a stranger's signal, or it was killed for being too slow or for
 * taking too much memory.
 */
export type DeathReason = "crashed" | "deadline" | "memory";

/** How a child ends itself that is over its memory bound: by a signal that nothing else sends, and without a dump. */
export const OVER_MEMORY_SIGNAL = "SIGUSR2";

/** A call's child process died before it answered; what the call carried may be the cause, or it was bystander. */
export class ChildDied extends Error {
  override readonly name = "ChildDied";

  constructor(
    readonly reason: DeathReason,
    message: string,
  ) {
    super(message);
  }
}
