import type { AppError } from "../errors";

/** A failed attempt that another one may mend; when none is made, `failure` is what to throw. */
export class TryAgain extends Error {
  override readonly name = "TryAgain";

  constructor(
    readonly failure: AppError,
    /** How long the host asked to wait; null when it did not say. */
    readonly waitMs: number | null = null,
  ) {
    super(failure.message, { cause: failure });
  }
}
