import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { AppError } from "../../errors";
import type { Context } from "../context";
import { checkCost } from "../cost/check-cost";
import type { KnownDocuments } from "./known-documents";
import { PARSE_OPTIONS, SIZE_RULES } from "./query-limits";

/** An operation as a client of graphql-ws or graphql-sse sends it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | undefined | null;
  readonly variables?: Record<string, unknown> | undefined | null;
}

export type Format = (formatted: GraphQLFormattedError, thrown: unknown) => GraphQLFormattedError;

/** What operations are read by. */
export interface OperationRules {
  readonly schema: GraphQLSchema;
  /** By their text: clients open the same ones again and again. */
  readonly known: KnownDocuments;
}

/** What to execute, under the limits that Apollo keeps for plain requests; else what is wrong with it. */
export function readOperation(
  rules: OperationRules,
  { query, operationName, variables }: OperationRequest,
  contextValue: Context,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    const document = rules.known.get(query) ?? readDocument(rules, query);
    if (!("kind" in document)) return document;
    const { schema } = rules;
    const operation = { schema, document, operationName: operationName ?? null };
    checkCost({ ...operation, variables: variables ?? {} }, contextValue.limits);
    return { ...operation, variableValues: variables ?? null, contextValue };
  } catch (error) {
    if (error instanceof GraphQLError && error.originalError instanceof AppError) return [error];
    if (error instanceof GraphQLError) return [withCode(error, "GRAPHQL_PARSE_FAILED")];
    throw error;
  }
}

/** Throws a GraphQLError for what is no GraphQL. */
function readDocument({ schema, known }: OperationRules, query: string): DocumentNode | readonly GraphQLError[] {
  const document = parse(query, PARSE_OPTIONS);
  const faults = validate(schema, document, [...specifiedRules, ...SIZE_RULES]);
  if (faults.length > 0) return faults.map((fault) => withCode(fault, "GRAPHQL_VALIDATION_FAILED"));
  known.set(query, document);
  return document;
}

/** A result whose errors went through the one way out. */
export const formatResult = (result: Pick<ExecutionResult, "errors">, format: Format): FormattedExecutionResult =>
  result.errors === undefined
    ? (result as FormattedExecutionResult)
    : { ...result, errors: formatErrors(result.errors, format) };

export const formatErrors = (errors: readonly GraphQLError[], format: Format): GraphQLFormattedError[] =>
  errors.map((error) => format(error.toJSON(), error));

function withCode(error: GraphQLError, code: string): GraphQLError {
  Object.assign(error.extensions, { code });
  return error;
}
