import { setImmediate as nextTurn } from "node:timers/promises";
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
        await nextTurn();
        cost = checkCost({ schema, document, operationName, variables }, contextValue.limits);
        // Large variables are read once to count them and once to use them: not both in one go.
        await nextTurn();
      },
      willSendResponse: async ({ request, response: { body } }) => {
        if (cost === null || request.extensions?.["cost"] !== true || body.kind !== "single") return;
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      },
    };
  },
};
