import { AppError, type ErrorCode, failed, type Outcome, succeeded } from "../errors";

/** An AppError as it crosses a process boundary, where classes are lost. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  /** For the log, never for a caller: the stack of the original. */
  readonly detail: string | null;
}

export type PlainOutcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PlainError };

/** An outcome made fit to cross a process boundary. */
export const toPlainOutcome = <T>(outcome: Outcome<T>): PlainOutcome<T> =>
  outcome.ok ? outcome : { ok: false, error: toPlainError(outcome.error) };

/** The outcome that the other side meant; the original's stack becomes the error's `cause`. */
export function fromPlainOutcome<T>(outcome: PlainOutcome<T>): Outcome<T> {
  if (outcome.ok) return succeeded(outcome.value);
  const { code, message, detail } = outcome.error;
  return failed(new AppError(code, message, detail === null ? {} : { cause: detail }));
}

/** What became of a promise, fit to cross a process boundary. Never rejects. */
export const settlePlain = <T>(promise: Promise<T>): Promise<PlainOutcome<T>> =>
  promise.then(
    (value) => ({ ok: true, value }),
    (thrown: unknown) => ({ ok: false, error: toPlainError(thrown) }),
  );

function toPlainError(thrown: unknown): PlainError {
  if (thrown instanceof AppError) {
    const { code, message, cause } = thrown;
    return { code, message, detail: cause === undefined ? null : describe(cause) };
  }
  return { code: "INTERNAL_SERVER_ERROR", message: "A child process failed.", detail: describe(thrown) };
}

const describe = (thrown: unknown): string => (thrown instanceof Error && thrown.stack) || String(thrown);
