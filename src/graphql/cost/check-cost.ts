import { GraphQLError } from "graphql";
import { AppError } from "../../errors";
import type { Limits } from "../../documents/limits";
import { knownCost } from "./known-costs";
import { requestCost, type CostedRequest, type RequestCost } from "./request-cost";

const NAMED_PARTS = 3;

/** What a request costs. Throws COST_EXCEEDED when that is over MAX_REQUEST_COST, and says what cost what. */
export function checkCost(request: CostedRequest, limits: Limits): RequestCost {
  try {
    const { document, operationName, variables } = request;
    const cost = knownCost(document, operationName, variables, () => requestCost(request, limits));
    if (cost.total <= cost.budget) return cost;
    throw new AppError(
      "COST_EXCEEDED",
      `This request costs ${cost.total} points and may cost ${cost.budget}: ${named(cost)}. ` +
        "Ask for fewer entries (`first`), above all of lists within lists, or send several requests.",
    );
  } catch (error) {
    if (error instanceof AppError) throw refusal(error);
    // A value that does not fit where it is used: its field would fail, and the others would run without having been counted.
    if (error instanceof GraphQLError) throw refusal(new AppError("BAD_USER_INPUT", error.message), error.nodes);
    throw error;
  }
}

const named = ({ parts }: RequestCost): string =>
  parts
    .slice(0, NAMED_PARTS)
    .map(({ path, cost }) => `\`${path}\` ${cost}`)
    .join(", ");

/** As GraphQL's own refusals: nothing was executed. */
const refusal = (error: AppError, nodes?: GraphQLError["nodes"]): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: nodes ?? null,
    originalError: error,
    extensions: { code: error.code, retryable: error.retryable, http: { status: 400 } },
  });
