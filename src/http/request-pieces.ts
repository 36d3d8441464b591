import type { IncomingMessage } from "node:http";
import { AppError } from "../errors";

/** How long is waited for a sender: for its next piece, and in all. */
export interface Patience {
  readonly idleMs: number;
  readonly deadlineMs: number;
}

/**
 * A request's body. Throws INVALID_UPLOAD when its sender breaks off or is too slow; time that the reader takes does not
 * count. Who stops early can still answer: the rest of the body is read and forgotten.
 */
export async function* piecesOf(request: IncomingMessage, patience: Patience): AsyncGenerator<Uint8Array> {
  const endsAtMs = Date.now() + patience.deadlineMs;
  const pieces = request[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let ended = false;
  try {
    while (!ended) {
      const piece = await within(Math.min(patience.idleMs, endsAtMs - Date.now()), pieces.next());
      ended = piece.done === true;
      if (!piece.done) yield piece.value;
    }
  } finally {
    if (!ended) void forget(pieces);
  }
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(broken("The bytes came too slowly. Send them again.")), timeoutMs);
  });
  const whole = work.catch((cause: unknown) => {
    throw broken("The connection ended before all bytes had come. Send them again.", cause);
  });
  return Promise.race([whole, late]).finally(() => clearTimeout(timer));
}

async function forget(pieces: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    while (!(await pieces.next()).done);
  } catch {
    // The sender is gone, which is as good.
  }
}

const broken = (message: string, cause?: unknown): AppError =>
  new AppError("INVALID_UPLOAD", message, { cause, retryable: true });
