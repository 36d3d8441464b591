import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expressMiddleware } from "@as-integrations/express5";
import compression from "compression";
import cors from "cors";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { AppError } from "../errors";
import type { Log } from "../log";
import type { Media } from "../search/images";
import { Admission, admitting, placeOf } from "./admission";
import { startApollo } from "./apollo";
import { createContext, type Services } from "./context";
import { allowOrigins, originFilter } from "./cors-origins";
import { formatError } from "./format-error";
import { renderExplorer } from "./graphiql";
import { healthRoutes } from "./health-routes";
import { sendError } from "./http-error";
import { mediaRoute } from "./media-route";
import { pageRoute } from "./page-route";
import type { Patience } from "./request-pieces";
import { createPatientServer } from "./patient-server";
import { readSampleOperations } from "./sample-operations";
import { buildSchema } from "./schema";
import { serveSubscriptions } from "./subscriptions";
import { uploadRoute } from "./upload-route";

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly services: Services;
  readonly corsOrigins: readonly string[];
  /** Where pages of this server itself come from, once it listens. */
  readonly ownOrigin: () => string;
  readonly gracePeriodMs: number;
  /** Resolves when model and store answer. */
  readonly ping: () => Promise<void>;
  /** The picture at a path under /media/; null where there is none. */
  readonly readMedia: (path: string) => Promise<Media | null>;
  /** For senders of uploads. */
  readonly uploadPatience: Patience;
  readonly log: Log;
}

export interface HttpServer {
  readonly port: number;
  /** Takes no more connections, lets requests finish within the grace period. */
  stop(): Promise<void>;
}

/** Serves the search page, /graphql, /graphiql, /media/, /uploads/, /live and /ready. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { services, log, gracePeriodMs } = options;
  const app = express().disable("x-powered-by").set("etag", false);
  const allowsOrigin = originFilter(options.corsOrigins);
  const httpServer = createPatientServer(admitting(app, { admission: new Admission(), allowsOrigin }));
  const cross = { origin: allowOrigins(options.corsOrigins), maxAge: 600 };
  const operations = await readSampleOperations();
  const page = await pageRoute(options.ownOrigin);
  const schema = buildSchema();
  const apollo = await startApollo({ schema, httpServer, gracePeriodMs, sampleOperation: operations[0] ?? "", log });
  const subscriptions = serveSubscriptions({
    httpServer,
    schema,
    createContext: () => createContext(services, null),
    allowsOrigin: (origin) => origin === options.ownOrigin() || allowsOrigin(origin),
    format: formatError(log),
    log,
  });
  const health = healthRoutes(options.ping);
  app.use(safeHeaders);
  app.use("/uploads", cors({ ...cross, methods: ["PUT"] }), uploadRoute(services.uploads, options.uploadPatience));
  app.get("/live", health.live);
  app.get("/ready", health.ready);
  app.use("/media", varyByOrigin, cors({ ...cross, methods: ["GET", "HEAD"], exposedHeaders: ["ETag"] }));
  app.get("/media/*path", mediaRoute(options.readMedia));
  app.get("/graphiql", explorer(operations));
  app.use("/graphql/stream", cors(cross), express.json({ limit: "1mb", type: JSON_TYPES }), subscriptions.sse);
  app.use(
    "/graphql",
    cors(cross),
    compression({ threshold: WORTH_COMPRESSING_BYTES }),
    express.json({ limit: services.limits.maxBodyBytes, type: JSON_TYPES }),
    expressMiddleware(apollo, { context: async ({ req }) => createContext(services, placeOf(req)) }),
  );
  app.use(page);
  app.use(notFound);
  app.use(bodyError(services.limits.maxBodyBytes, log));
  await listen(httpServer, options.port, options.host);
  const stop = async () => {
    health.stopping();
    await subscriptions.stop();
    await apollo.stop();
  };
  return { port: (httpServer.address() as AddressInfo).port, stop };
}

/** Connections that wait to be taken: who finds no place tries again after a second. The system may allow fewer. */
const BACKLOG = 4_096;
/** Shorter answers travel in a few packets anyway, and a search's is shorter. */
const WORTH_COMPRESSING_BYTES = 8_192;
const JSON_TYPES = ["application/json", "application/graphql+json"];

const safeHeaders: RequestHandler = (_, response, next) => {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  next();
};

/**
 * Pictures are kept for ever: a browser that has one from an `<img>`, which says no origin, must not take it for the answer to a
 * script, which says one. The package says so only of origins that it allows.
 */
const varyByOrigin: RequestHandler = (_, response, next) => {
  response.vary("Origin");
  next();
};

function explorer(operations: readonly string[]): RequestHandler {
  let page: Promise<string> | null = null;
  return async (_, response) => void response.type("html").send(await (page ??= renderExplorer(operations)));
}

const notFound: RequestHandler = (_, response) =>
  void response.status(404).json({ errors: [{ message: "There is nothing here. GraphQL is at /graphql." }] });

/** What goes wrong outside GraphQL: a body that is too large or no JSON, a media store that does not answer. */
function bodyError(maxBytes: number, log: Log): ErrorRequestHandler {
  return (thrown: { type?: string; status?: number }, _request, response, next) => {
    if (response.headersSent) return next(thrown);
    const error = thrown instanceof AppError ? thrown : translate(thrown, maxBytes);
    if (error.code === "INTERNAL_SERVER_ERROR") log.error({ err: thrown }, "A request failed unexpectedly");
    else if (error.code.endsWith("_UNAVAILABLE")) log.warn({ err: thrown }, "A request could not be answered");
    sendError(response, error, thrown.status);
  };
}

function translate({ type, status }: { type?: string; status?: number }, maxBytes: number): AppError {
  if (type === "entity.too.large") {
    return new AppError("TOO_LARGE", `The request body is over ${maxBytes} bytes. Send fewer or smaller items a call.`);
  }
  if (status !== undefined && status < 500) {
    return new AppError(
      "BAD_USER_INPUT",
      'The request body is no JSON that can be read. Send {"query": …, "variables": …}.',
    );
  }
  return new AppError("INTERNAL_SERVER_ERROR", "The server failed to answer this. The fault is in its log.");
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "another program listens there" : error.message;
      reject(
        new AppError("INVALID_CONFIGURATION", `Cannot listen on ${host}:${port}: ${why}. Set HOST and PORT.`, {
          cause: error,
        }),
      );
    };
    server.once("error", refuse);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}
