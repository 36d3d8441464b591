import type { Server } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";
import type { GraphQLSchema } from "graphql";
import type { Log } from "../../log";
import type { Context } from "../context";
import { costPlugin } from "../cost/cost-plugin";
import { formatError } from "./format-error";
import { documentStore, knownDocuments } from "./known-documents";
import { PARSE_OPTIONS, SIZE_RULES } from "./query-limits";

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly httpServer: Server;
  readonly gracePeriodMs: number;
  /** The operation that Apollo Sandbox opens with. */
  readonly sampleOperation: string;
  readonly log: Log;
}

const KNOWN_BYTES = 30 * 1_048_576;

const MUTATIONS_APART: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, contextValue }) {
        if (operation?.operation === "mutation") contextValue.place?.asMutation();
      },
    };
  },
};

/** A long operation takes some milliseconds in each of its steps: they are not taken in one go. */
const STEP_BY_STEP: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async validationDidStart() {
        await nextTurn();
      },
    };
  },
};

/** Writing so many characters and sending them takes some milliseconds each: not in one go. */
const LONG_ANSWER = 1_000_000;

/** The answer as JSON; a long one is sent in a turn of its own. */
async function writeAnswer(answer: unknown): Promise<string> {
  const written = `${JSON.stringify(answer)}\n`;
  if (written.length > LONG_ANSWER) await nextTurn();
  return written;
}

/** Apollo with our schema, errors and Sandbox; started. `stop` lets requests finish within the grace period. */
export async function startApollo({
  schema,
  httpServer,
  gracePeriodMs,
  sampleOperation,
  log,
}: ApolloOptions): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    // main.ts owns the signals, since more than Apollo has to stop.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: formatError(log),
    stringifyResult: writeAnswer,
    parseOptions: PARSE_OPTIONS,
    validationRules: [...SIZE_RULES],
    documentStore: documentStore(knownDocuments(KNOWN_BYTES)),
    plugins: [
      STEP_BY_STEP,
      costPlugin,
      MUTATIONS_APART,
      // No field says how long it may be kept, and each would be looked at in every answer.
      ApolloServerPluginCacheControlDisabled(),
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
