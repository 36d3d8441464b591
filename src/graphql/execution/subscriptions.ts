import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { OperationArgs, OperationContext } from "graphql-sse";
import { createHandler } from "graphql-sse/lib/use/express";
import { useServer } from "graphql-ws/use/ws";
import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { RequestHandler, Response } from "express";
import { WebSocketServer } from "ws";
import type { Log } from "../../log";
import type { Context } from "../context";
import { knownDocuments } from "./known-documents";
import {
  formatErrors,
  formatResult,
  readOperation,
  type Format,
  type OperationRequest,
  type OperationRules,
} from "./streamed-operation";

const PATH = "/graphql";
/** Subscriptions are small; pictures are not sent over a socket. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_OPERATIONS_A_SOCKET = 100;
/** Of memory for operations that were read before; there are few different ones. */
const KNOWN_BYTES = 4 * 1_048_576;

export interface SubscriptionOptions {
  readonly httpServer: Server;
  readonly schema: GraphQLSchema;
  readonly createContext: () => Context;
  /** Whether pages of this origin may open a socket: browsers ask nobody before they do. */
  readonly allowsOrigin: (origin: string) => boolean;
  readonly format: Format;
  readonly log: Log;
}

export interface Subscriptions {
  /** GraphQL over server-sent events, one connection an operation (graphql-sse's distinct mode). */
  readonly sse: RequestHandler;
  /** Ends every socket and stream. */
  stop(): Promise<void>;
}

/** Serves operations that go on for a while, over WebSockets (graphql-ws) on /graphql and over server-sent events. */
export function serveSubscriptions(options: SubscriptionOptions): Subscriptions {
  const rules = { schema: options.schema, known: knownDocuments(KNOWN_BYTES) };
  const sockets = serveSockets(options, rules);
  const streams = new Set<Response>();
  const answer = streamHandler(options, rules);
  const sse: RequestHandler = async (request, response) => {
    streams.add(response);
    response.once("close", () => streams.delete(response));
    try {
      await answer(request, response);
    } catch (error) {
      options.log.error({ err: error }, "A stream failed unexpectedly");
      if (!response.headersSent) response.status(500);
      response.end();
    }
  };
  const stop = async () => {
    await sockets.dispose();
    for (const response of streams) response.destroy();
  };
  return { sse, stop };
}

function serveSockets({ httpServer, createContext, allowsOrigin, format }: SubscriptionOptions, rules: OperationRules) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const disposable = useServer(
    {
      onSubscribe: ({ subscriptions }, _id, payload) => {
        if (Object.keys(subscriptions).length > MAX_OPERATIONS_A_SOCKET) return [tooMany()];
        return readOperation(rules, payload as OperationRequest, createContext());
      },
      onNext: (_context, _id, _payload, _args, result) => formatResult(result as ExecutionResult, format),
      onError: (_context, _id, _payload, errors) => formatErrors(errors, format),
      isProd: true,
    },
    server,
  );
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { origin } = request.headers;
    if (pathOf(request) !== PATH) return refuse(socket, "404 Not Found");
    if (origin !== undefined && !allowsOrigin(origin)) return refuse(socket, "403 Forbidden");
    server.handleUpgrade(request, socket, head, (opened) => server.emit("connection", opened, request));
  };
  httpServer.on("upgrade", upgrade);
  return {
    dispose: async () => {
      httpServer.off("upgrade", upgrade);
      await disposable.dispose();
    },
  };
}

function streamHandler({ createContext, format }: SubscriptionOptions, rules: OperationRules) {
  return createHandler<OperationContext>({
    // Without a token every operation has its connection, so that nothing is kept for clients that never come.
    authenticate: () => null,
    onSubscribe: (_request, { query, operationName, variables }) => {
      const operation = readOperation(rules, { query, operationName, variables }, createContext());
      return isFaults(operation) ? { data: null, errors: operation } : (operation as OperationArgs<OperationContext>);
    },
    validate: () => [],
    onNext: (_context, _request, result) => formatResult(result as ExecutionResult, format) as ExecutionResult,
  });
}

const isFaults = (operation: ExecutionArgs | readonly GraphQLError[]): operation is readonly GraphQLError[] =>
  Array.isArray(operation);

const pathOf = ({ url = "" }: IncomingMessage): string => url.split("?")[0]!;

function refuse(socket: Duplex, status: string): void {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const tooMany = () =>
  new GraphQLError(
    `This socket has more than ${MAX_OPERATIONS_A_SOCKET} operations at once. Complete some, or open another.`,
    {
      extensions: { code: "TOO_MANY_ITEMS", retryable: false },
    },
  );
