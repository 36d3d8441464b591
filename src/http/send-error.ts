import type { Response } from "express";
import type { AppError, ErrorCode } from "../errors";

/** Of what routes besides GraphQL fail with; everything else is a fault of the server's own. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  INVALID_UPLOAD: 400,
  UPLOAD_NOT_FOUND: 404,
  MODEL_MISMATCH: 409,
  TOO_LARGE: 413,
  OVERLOADED: 503,
  WORKER_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
  LEDGER_UNAVAILABLE: 503,
  SHUTTING_DOWN: 503,
};

/** An error as GraphQL would report it, with the HTTP status of its code unless another is given. */
export function sendError(response: Response, { code, message, retryable }: AppError, status?: number): void {
  response.status(status ?? STATUSES[code] ?? 500).json({ errors: [{ message, extensions: { code, retryable } }] });
}
