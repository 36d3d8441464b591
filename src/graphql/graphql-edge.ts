// Before Apollo Server, which would load it.
import "./execution/apollo-when-used";
import type { IncomingMessage, Server } from "node:http";
import { expressMiddleware } from "@as-integrations/express5";
import type { GraphQLSchema } from "graphql";
import type { Log } from "../log";
import { createContext, type Place, type Services } from "./context";
import { readSampleOperations } from "./contract/sample-operations";
import { startApollo } from "./execution/apollo";
import { formatError } from "./execution/format-error";
import { serveSubscriptions } from "./execution/subscriptions";

export { buildSchema } from "./schema";

export interface GraphqlEdgeOptions {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly gracePeriodMs: number;
  readonly log: Log;
}

export interface GraphqlMount {
  readonly httpServer: Server;
  readonly allowsOrigin: (origin: string) => boolean;
  readonly placeOf: (request: IncomingMessage) => Place | null;
}

/** Opens the schema's three ways in, on the HTTP server that mounts them: operations, server-sent events, WebSockets. */
export const graphqlEdge =
  ({ schema, services, gracePeriodMs, log }: GraphqlEdgeOptions) =>
  async ({ httpServer, allowsOrigin, placeOf }: GraphqlMount) => {
    const [sampleOperation = ""] = await readSampleOperations();
    const apollo = await startApollo({ schema, httpServer, gracePeriodMs, sampleOperation, log });
    const subscriptions = serveSubscriptions({
      httpServer,
      schema,
      createContext: () => createContext(services, null),
      allowsOrigin,
      format: formatError(log),
      log,
    });
    const operations = expressMiddleware(apollo, {
      context: async ({ req }) => createContext(services, placeOf(req)),
    });
    const stop = async () => {
      await subscriptions.stop();
      await apollo.stop();
    };
    return { operations, streams: subscriptions.sse, stop };
  };
