import type { Server } from "node:http";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";
import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import type { GraphQLError, ValidationContext } from "graphql";
import type { Log } from "../log";
import type { Context } from "./context";
import { formatError } from "./format-error";
import { buildSchema } from "./schema";

/** Left to itself a rule throws, which Apollo takes for a fault of its own. */
const REPORTED = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};

export interface ApolloOptions {
  readonly httpServer: Server;
  readonly gracePeriodMs: number;
  /** The operation that Apollo Sandbox opens with. */
  readonly sampleOperation: string;
  readonly log: Log;
}

/** Apollo with our schema, errors and Sandbox; started. `stop` lets requests finish within the grace period. */
export async function startApollo({
  httpServer,
  gracePeriodMs,
  sampleOperation,
  log,
}: ApolloOptions): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema: buildSchema(),
    introspection: true,
    // main.ts owns the signals, since more than Apollo has to stop.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: formatError(log),
    // A query's size is bounded before it runs: 100 searches in one request are work enough.
    parseOptions: { maxTokens: 10_000 },
    validationRules: [maxDepthRule({ n: 12, ...REPORTED }), maxAliasesRule({ n: 100, ...REPORTED })],
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: gracePeriodMs }),
      ApolloServerPluginLandingPageLocalDefault({ embed: true, document: sampleOperation }),
    ],
    logger: {
      debug: () => {},
      info: () => {},
      warn: (message) => log.warn({}, message),
      error: (message) => log.error({}, message),
    },
  });
  await apollo.start();
  return apollo;
}
