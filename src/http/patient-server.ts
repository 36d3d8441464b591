import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";

/** Node's own defaults, which hold for uploads as well if they are left to it. */
const HEADERS_TIMEOUT_MS = 60_000;
const BODY_TIMEOUT_MS = 300_000;
/** Balancers keep connections for 60 s; one that we closed just before they use it again would be an error of theirs. */
const KEEP_ALIVE_MS = 75_000;

const TIMEOUTS = { requestTimeout: 0, headersTimeout: HEADERS_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS };

/** What requests and responses are made of. */
type MessageClasses = Pick<ServerOptions, "IncomingMessage" | "ServerResponse">;

/**
 * An HTTP server that bounds the time for a request's headers and body, but for the bodies of uploads: those take longer
 * and are held to their sender's pace, see `piecesOf`. Whoever asks before sending is told to go on, but for uploads, which
 * their route can refuse before they are sent.
 */
export function createPatientServer(app: RequestListener, messages: MessageClasses): Server {
  const server = createServer({ ...TIMEOUTS, ...messages }, (request, response) => {
    if (!isUpload(request)) endLate(request);
    app(request, response);
  });
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (!isUpload(request)) response.writeContinue();
    // Not `app` itself: whoever counts requests, to let them finish, counts this one too.
    server.emit("request", request, response);
  });
  return server;
}

const isUpload = ({ url }: IncomingMessage): boolean => url?.startsWith("/uploads/") === true;

function endLate(request: IncomingMessage): void {
  const timer = setTimeout(() => request.complete || request.destroy(), BODY_TIMEOUT_MS).unref();
  request.once("close", () => clearTimeout(timer));
}
