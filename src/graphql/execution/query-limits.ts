import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import type { GraphQLError, ParseOptions, ValidationContext, ValidationRule } from "graphql";

/** Left to itself a rule throws, which Apollo takes for a fault of its own. */
const REPORTED = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};

/** An operation's size is bounded before it runs, whatever way it comes: 100 searches in one request are work enough. */
export const PARSE_OPTIONS: ParseOptions = { maxTokens: 10_000 };
export const SIZE_RULES: readonly ValidationRule[] = [
  maxDepthRule({ n: 12, ...REPORTED }),
  maxAliasesRule({ n: 100, ...REPORTED }),
];
