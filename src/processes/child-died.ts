/** Why a call lost its child: it ended by itself or by a stranger's signal, or it was killed for being too slow. */
export type DeathReason = "crashed" | "deadline";

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
