import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { AppError } from "../../errors";
import type { Context } from "../context";
import { checkCost } from "../cost/check-cost";
import { PARSE_OPTIONS, SIZE_RULES } from "./query-limits";

/** An operation as a client of graphql-ws or graphql-sse sends it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | undefined | null;
  readonly variables?: Record<string, unknown> | undefined | null;
}

export type Format = (formatted: GraphQLFormattedError, thrown: unknown) => GraphQLFormattedError;

/** What to execute, under the limits that Apollo keeps for plain requests; else what is wrong with it. */
export function readOperation(
  schema: GraphQLSchema,
  { query, operationName, variables }: OperationRequest,
  contextValue: Context,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    const document = parse(query, PARSE_OPTIONS);
    const faults = validate(schema, document, [...specifiedRules, ...SIZE_RULES]);
    if (faults.length > 0) return faults.map((fault) => withCode(fault, "GRAPHQL_VALIDATION_FAILED"));
    const operation = { schema, document, operationName: operationName ?? null };
    checkCost({ ...operation, variables: variables ?? {} }, contextValue.limits);
    return { ...operation, variableValues: variables ?? null, contextValue };
  } catch (error) {
    if (error instanceof GraphQLError && error.originalError instanceof AppError) return [error];
    if (error instanceof GraphQLError) return [withCode(error, "GRAPHQL_PARSE_FAILED")];
    throw error;
  }
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
