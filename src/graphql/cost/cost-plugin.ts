import type { ApolloServerPlugin } from "@apollo/server";
import type { Context } from "../context";
import { checkCost } from "./check-cost";
import type { RequestCost } from "./request-cost";

/** Refuses what costs too much before it runs, and tells what it costs where `"extensions": { "cost": true }` asks. */
export const costPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => {
    let cost: RequestCost | null = null;
    return {
      didResolveOperation: async ({ schema, document, operationName, request, contextValue }) => {
        const { variables = {} } = request;
        cost = checkCost({ schema, document, operationName, variables }, contextValue.limits);
      },
      willSendResponse: async ({ request, response: { body } }) => {
        if (cost === null || request.extensions?.["cost"] !== true || body.kind !== "single") return;
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      },
    };
  },
};
