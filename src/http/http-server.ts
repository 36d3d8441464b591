import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import compression from "compression";
import cors from "cors";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { AppError } from "../errors";
import type { Log } from "../log";
import type { Uploads } from "../ingestion/uploads/uploads";
import type { Media } from "../ports/media-store";
import { Admission, admitting, placeOf, type Admitted } from "./admission";
import { allowOrigins, originFilter } from "./cors-origins";
import { encoderRoute, type EncoderRouteOptions } from "./encoder-route";
import { explorerRoute } from "./explorer-route";
import { healthRoutes } from "./health-routes";
import { messagesOf } from "./express-messages";
import { sendError } from "./send-error";
import { mediaRoute } from "./media-route";
import { pageRoute } from "./page-route";
import type { Patience } from "./request-pieces";
import { createPatientServer } from "./patient-server";
import { uploadRoute } from "./upload-route";

/** What GraphQL needs to know of the server that it is mounted on. */
export interface GraphqlMount {
  readonly httpServer: Server;
  /** Whether pages of this origin may open a socket: browsers ask nobody before they do. */
  readonly allowsOrigin: (origin: string) => boolean;
  /** A request's place among those under way; null: it needs none. */
  readonly placeOf: (request: IncomingMessage) => Admitted | null;
}

/** GraphQL as it is mounted. */
export interface GraphqlEdge {
  /** Answers an operation, whose body is JSON that has been read. */
  readonly operations: RequestHandler;
  /** The same, over server-sent events. */
  readonly streams: RequestHandler;
  /** Lets requests finish within the grace period, ends sockets and streams. */
  stop(): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly graphql: (mount: GraphqlMount) => Promise<GraphqlEdge>;
  readonly uploads: Uploads;
  readonly maxBodyBytes: number;
  readonly corsOrigins: readonly string[];
  /** Where pages of this server itself come from, once it listens. */
  readonly ownOrigin: () => string;
  /** Whether the model takes pictures. */
  readonly takesPictures: boolean;
  /** Resolves when model and store answer. */
  readonly ping: () => Promise<void>;
  /** The picture at a path under /media/; null where there is none. */
  readonly readMedia: (path: string) => Promise<Media | null>;
  /** The model for other servers; null: it is not served. */
  readonly encoder: EncoderRouteOptions | null;
  /** For senders of uploads. */
  readonly uploadPatience: Patience;
  readonly log: Log;
}

export interface HttpServer {
  readonly port: number;
  /** Takes no more connections, lets requests finish within the grace period. */
  stop(): Promise<void>;
}

/** Serves the search page, /graphql, /graphiql, /media/, /uploads/, /live and /ready, and /encoder/v1 where it is asked to. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { maxBodyBytes, log } = options;
  const app = express().disable("x-powered-by").set("etag", false);
  const allowsOrigin = originFilter(options.corsOrigins);
  const admitted = admitting(app, { admission: new Admission(), allowsOrigin });
  const httpServer = createPatientServer(admitted, messagesOf(app));
  const cross = { origin: allowOrigins(options.corsOrigins), maxAge: 600 };
  const page = await pageRoute(options.ownOrigin, options.takesPictures);
  const graphql = await options.graphql({
    httpServer,
    allowsOrigin: (origin) => origin === options.ownOrigin() || allowsOrigin(origin),
    placeOf,
  });
  const health = healthRoutes(options.ping);
  app.use(safeHeaders);
  // First, since each path that stands before it is compared with.
  app.use("/graphql/stream", cors(cross), express.json({ limit: "1mb", type: JSON_TYPES }), graphql.streams);
  app.use(
    "/graphql",
    neverKept,
    cors(cross),
    compression({ threshold: WORTH_COMPRESSING_BYTES }),
    express.json({ limit: maxBodyBytes, type: JSON_TYPES }),
    graphql.operations,
  );
  app.use("/uploads", cors({ ...cross, methods: ["PUT"] }), uploadRoute(options.uploads, options.uploadPatience));
  if (options.encoder !== null) app.use("/encoder/v1", encoderRoute(options.encoder));
  app.get("/live", health.live);
  app.get("/ready", health.ready);
  app.use("/media", varyByOrigin, cors({ ...cross, methods: ["GET", "HEAD"], exposedHeaders: ["ETag"] }));
  app.get("/media/*path", mediaRoute(options.readMedia));
  app.get("/graphiql", explorerRoute);
  app.use(page);
  app.use(notFound);
  app.use(bodyError(maxBodyBytes, log));
  await listen(httpServer, options.port, options.host);
  const stop = async () => {
    health.stopping();
    await graphql.stop();
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

/** Answers hold what is stored, and are true when they are given. */
const neverKept: RequestHandler = (_, response, next) => {
  response.setHeader("Cache-Control", "no-store");
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
    return new AppError("BAD_USER_INPUT", 'The request body is not valid JSON. Send {"query": …, "variables": …}.');
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
