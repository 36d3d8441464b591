import { ERROR_CODES } from "./error-codes";

export type ErrorCode = keyof typeof ERROR_CODES;

export const isErrorCode = (text: unknown): text is ErrorCode =>
  typeof text === "string" && Object.hasOwn(ERROR_CODES, text);

/** The one error class: a documented code and a message fit for the caller. Vendor errors go into `cause`. */
export class AppError extends Error {
  override readonly name = "AppError";
  /** Whether the same call may succeed later: as the code's table says, unless this failure is known better. */
  readonly retryable: boolean;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { retryable, ...options }: { cause?: unknown; retryable?: boolean } = {},
  ) {
    super(message, options);
    this.retryable = retryable ?? ERROR_CODES[code].retryable;
  }
}

/** What became of one item of a batch: the others are not held back by it. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (error: AppError): Outcome<never> => ({ ok: false, error });

/** The value of an outcome; throws its error. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw outcome.error;
}

/** Any throw as an AppError: itself if it is one, else a fault of the given code that keeps the original as `cause`. */
export function toAppError(thrown: unknown, code: ErrorCode, message: string): AppError {
  return thrown instanceof AppError ? thrown : new AppError(code, message, { cause: thrown });
}
