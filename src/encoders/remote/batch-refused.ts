import type { AppError } from "../../errors";

/** A batch was refused, or answered in a way that cannot be used: any one of its items may be the cause. */
export class BatchRefused extends Error {
  override readonly name = "BatchRefused";

  constructor(
    /** Of the item at fault. */
    readonly failure: AppError,
    /** Whether the same batch may be answered when it is sent once more. */
    readonly mayPass: boolean,
    /** Whether the remote speaks of something that is too long. */
    readonly isForLength = false,
  ) {
    super(failure.message, { cause: failure });
  }
}
