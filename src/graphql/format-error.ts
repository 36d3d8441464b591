import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AppError } from "../errors";
import type { Log } from "../log";

/** Messages of graphql-js repeat what the client sent, all of it. */
const MAX_MESSAGE_LENGTH = 500;

/**
 * The one way out for every throw: an AppError with its code and message, GraphQL's own refusals cut short, anything
 * else masked and logged, since its message may hold what is nobody's business.
 */
export const formatError =
  (log: Log) =>
  (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(thrown);
    if (original instanceof AppError) {
      if (original.code === "INTERNAL_SERVER_ERROR")
        log.error({ err: original, path: formatted.path }, "A request failed");
      else if (original.code.startsWith("STORE_"))
        log.warn({ err: original, path: formatted.path }, "The store failed");
      const extensions = { code: original.code, retryable: original.retryable };
      return { ...formatted, message: original.message, extensions };
    }
    const code = formatted.extensions?.["code"];
    if (original instanceof GraphQLError && code !== "INTERNAL_SERVER_ERROR") {
      return { ...formatted, message: shorten(formatted.message), extensions: { code: code as string } };
    }
    log.error({ err: original, path: formatted.path }, "A request failed unexpectedly");
    const message = "The server failed to answer this. The fault is in its log; please report it.";
    return { ...formatted, message, extensions: { code: "INTERNAL_SERVER_ERROR" } };
  };

const shorten = (message: string): string =>
  message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
