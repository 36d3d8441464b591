import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AppError } from "../../errors";
import type { Log } from "../../log";

/** Messages of graphql-js repeat what the client sent, all of it. */
const MAX_MESSAGE_LENGTH = 500;
/** graphql-js says no more than that it gave up. */
const TOO_MUCH_TO_CHECK = "The operation names the same fields too often to be checked. Ask for each once.";

/**
 * The one way out for every throw: an AppError with its code and message, GraphQL's own refusals cut short, anything
 * else masked and logged, since its message may hold what is nobody's business.
 */
export const formatError =
  (log: Log) =>
  (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const unwrapped = unwrapResolverError(thrown);
    // What is refused before it runs has no path, and is not unwrapped.
    const original =
      unwrapped instanceof GraphQLError && unwrapped.originalError instanceof AppError
        ? unwrapped.originalError
        : unwrapped;
    if (original instanceof AppError) {
      logFault(log, original, formatted.path);
      const extensions = { code: original.code, retryable: original.retryable };
      return { ...formatted, message: shorten(original.message), extensions };
    }
    const code = formatted.extensions?.["code"];
    if (original instanceof GraphQLError && code !== "INTERNAL_SERVER_ERROR") {
      const message = formatted.message === "Validation aborted." ? TOO_MUCH_TO_CHECK : shorten(formatted.message);
      return { ...formatted, message, extensions: { code: code as string } };
    }
    if (isRefusal(original, formatted.path)) {
      return { ...formatted, message: shorten(formatted.message), extensions: { code: "BAD_USER_INPUT" } };
    }
    log.error({ err: original, path: formatted.path }, "A request failed unexpectedly");
    const message = "The server failed to answer this. The fault is in its log; please report it.";
    return { ...formatted, message, extensions: { code: "INTERNAL_SERVER_ERROR" } };
  };

/** What the operator should know of; a client's mistakes are the client's business. */
function logFault(log: Log, error: AppError, path: GraphQLFormattedError["path"]): void {
  if (error.code === "INTERNAL_SERVER_ERROR") log.error({ err: error, path }, "A request failed");
  else if (error.code.startsWith("STORE_")) log.warn({ err: error, path }, "The store failed");
  // Without its cause, which may hold what was asked.
  else if (error.code.startsWith("LLM_")) log.warn({ code: error.code, fault: error.message, path }, "No answer");
}

/**
 * Of values that GraphQL takes for a variable, and not where it is used, or that it gave up on: nothing was called yet, or the
 * error points at the place in the operation.
 */
const isRefusal = (error: unknown, path: GraphQLFormattedError["path"]): boolean =>
  error instanceof GraphQLError &&
  error.originalError === undefined &&
  (path === undefined || (error.nodes?.length ?? 0) > 0);

const shorten = (message: string): string =>
  message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
