/**
 * Every failure that Parallax reports, with what it means. Clients branch on the code (GraphQL: `extensions.code`);
 * the message says what was wrong, what was expected and what to do. `retryable`: the same call may succeed later.
 */
export const ERROR_CODES = {
  BAD_USER_INPUT: { retryable: false, meaning: "An argument is malformed or out of range." },
  TOO_MANY_ITEMS: { retryable: false, meaning: "More items in one call than the server accepts." },
  INVALID_CURSOR: { retryable: false, meaning: "`after` is not a cursor that this query handed out." },
  CURSOR_EXPIRED: { retryable: false, meaning: "The ranking that `after` belongs to is not kept any more." },
  INVALID_FILTER: { retryable: false, meaning: "`where` is malformed, too large or names an unusable metadata key." },
  DOCUMENT_NOT_FOUND: { retryable: false, meaning: "A query names a document that is not stored." },
  CONFIRMATION_MISMATCH: { retryable: false, meaning: "A destructive call did not name what it would destroy." },
  INVALID_TEXT: { retryable: false, meaning: "A text is empty or holds characters that cannot be stored." },
  INVALID_KEY: { retryable: false, meaning: "A key is empty, too long or holds characters that cannot be stored." },
  INVALID_METADATA: { retryable: false, meaning: "Metadata is too large, too deep or not plain JSON." },
  INVALID_IMAGE: { retryable: false, meaning: "The bytes are not a whole, readable picture." },
  UNSUPPORTED_MEDIA_TYPE: { retryable: false, meaning: "The bytes are no JPEG, PNG, WebP, GIF or AVIF." },
  TOO_LARGE: { retryable: false, meaning: "A text, picture or request body is over its limit." },
  FETCH_FAILED: { retryable: true, meaning: "A picture's URL could not be fetched." },
  FETCH_FORBIDDEN: { retryable: false, meaning: "A picture's URL is one that this server does not fetch from." },
  UPLOAD_NOT_FOUND: { retryable: false, meaning: "A reference names an upload that is not there (any more)." },
  INVALID_UPLOAD: {
    retryable: false,
    meaning: "An upload is not what was announced, not what it is used for, or its URL is not valid.",
  },
  INVALID_ITEM: {
    retryable: false,
    meaning: "A line of an uploaded list (NDJSON, CSV) is no item that can be stored.",
  },
  INGESTION_NOT_FOUND: { retryable: false, meaning: "No ingestion has this id." },
  ENCODER_FAILED: { retryable: true, meaning: "The model could not encode this item." },
  WORKER_UNAVAILABLE: { retryable: true, meaning: "The process that encodes or decodes keeps dying; it will be back." },
  STORE_UNAVAILABLE: {
    retryable: true,
    meaning: "Milvus or the media store did not answer in time, or has no room to write.",
  },
  STORE_FAILED: { retryable: false, meaning: "Milvus refused an operation." },
  KEYWORDS_UNSUPPORTED: { retryable: false, meaning: "The collection cannot be searched by keyword." },
  LEDGER_UNAVAILABLE: { retryable: true, meaning: "The ledger could not be read or written." },
  SHUTTING_DOWN: { retryable: true, meaning: "The server is stopping and takes no new work." },
  INVALID_CONFIGURATION: { retryable: false, meaning: "An environment variable is wrong (start-up only)." },
  MODEL_UNAVAILABLE: { retryable: true, meaning: "The model could not be downloaded (start-up only)." },
  INVALID_MODEL: { retryable: false, meaning: "The model's files are missing, broken or unusable (start-up only)." },
  MODEL_MISMATCH: { retryable: false, meaning: "The collection was made by another model (start-up only)." },
  INTERNAL_SERVER_ERROR: { retryable: false, meaning: "A fault of the server's own; the log has the details." },
} as const satisfies Record<string, { retryable: boolean; meaning: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

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
