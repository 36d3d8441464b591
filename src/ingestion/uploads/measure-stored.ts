import { AppError } from "../../errors";
import type { Upload } from "../../ports/ledger";
import { Measured } from "./measured";

/** Whether these are the bytes that are stored; reads them all, as a client expects who sends them. */
export async function isSame(upload: Upload, source: AsyncIterable<Uint8Array>): Promise<boolean> {
  try {
    for await (const _ of new Measured(source, upload));
    return true;
  } catch (error) {
    if (isMismatch(error)) return false;
    throw error;
  }
}

/** Stored bytes as they were received. Throws UPLOAD_NOT_FOUND when they are not. */
export async function* whole(measured: Measured): AsyncGenerator<Uint8Array> {
  try {
    yield* measured;
  } catch (error) {
    if (!isMismatch(error)) throw error;
    throw new AppError("UPLOAD_NOT_FOUND", "The upload's bytes are not those that came. Upload the file again.", {
      cause: error,
    });
  }
}

/** Sending the same bytes again helps one that broke off, not one whose bytes are others. */
const isMismatch = (error: unknown): boolean =>
  error instanceof AppError && !error.retryable && (error.code === "INVALID_UPLOAD" || error.code === "TOO_LARGE");
