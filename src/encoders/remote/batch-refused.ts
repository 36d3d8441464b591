import type { AppError } from "../../errors";

/** A batch was refused, or answered in a way that cannot be used: any one of its items may be the cause. */
export class BatchRefused extends Error {
  override readonly name = "BatchRefused";

  constructor(
    /** Of the item at fault. */
    readonly failure: AppError,
    /** Whether the same batch may be answered when it is sent once more. */
    readonly mayPass: boolean,
  ) {
    super(failure.message, { cause: failure });
  }
}
