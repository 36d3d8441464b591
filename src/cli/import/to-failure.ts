import { toAppError } from "../../errors";
import type { Failure, Origin } from "./entry";

/** An item that is not stored since this was thrown. */
export function toFailure(origin: Origin, key: string | null, thrown: unknown): Failure {
  const { code, message, retryable } = toAppError(thrown, "INTERNAL_SERVER_ERROR", "The item could not be read.");
  return { kind: "failure", origin, key, code, message, retryable };
}
