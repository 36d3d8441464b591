import { Agent, request, type Dispatcher } from "undici";
import { AppError } from "../errors";
import type { Log } from "../log";
import type { ImageFetcher } from "../search/images";
import { guardedConnector, resolveByDns, type IsAllowed, type Resolve } from "./guarded-connector";
import { readBody } from "./read-body";

export interface FetcherOptions {
  /** Hosts ("host" or "host:port") that may be fetched from though they are not public. */
  readonly allowedHosts: readonly string[];
  readonly maxBytes: number;
  /** For one picture, redirects and body included. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly maxRedirects?: number;
  /** Only tests set it. */
  readonly resolve?: Resolve;
  readonly log: Log;
}

const DEFAULT_PORTS = new Set(["", "80", "443"]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Fetches pictures over http and https from public addresses, dialling only addresses that it checked. */
export function openImageFetcher(options: FetcherOptions): ImageFetcher {
  const isAllowed: IsAllowed = (host, port) =>
    options.allowedHosts.includes(host) || options.allowedHosts.includes(`${host}:${port}`);
  // An Agent of our own knows nothing of proxy variables.
  const agent = new Agent({
    connect: guardedConnector(options.resolve ?? resolveByDns, isAllowed, options.timeoutMs),
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
  });
  return {
    fetch: (url) => fetchImage(url, agent, isAllowed, options),
    close: () => agent.destroy(),
  };
}

async function fetchImage(url: URL, agent: Agent, isAllowed: IsAllowed, options: FetcherOptions): Promise<Uint8Array> {
  const { timeoutMs, maxBytes, maxRedirects = 3, log } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    let at = url;
    for (let redirects = 0; ; redirects++) {
      checkUrl(at, isAllowed);
      const response = await request(at, { dispatcher: agent, signal, headers: headers(options.userAgent) });
      if (!REDIRECTS.has(response.statusCode)) return await readBody(response, maxBytes);
      await response.body.dump().catch(() => undefined);
      if (redirects === maxRedirects)
        throw new AppError("FETCH_FAILED", `The URL redirects more than ${maxRedirects} times.`);
      at = redirectTarget(response, at);
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    log.debug({ fault: faultOf(thrown) }, "A picture could not be fetched");
    throw translate(thrown, signal, timeoutMs);
  }
}

const headers = (userAgent: string) => ({
  "user-agent": userAgent,
  accept: "image/avif,image/webp,image/png,image/jpeg,image/gif",
  "accept-encoding": "identity",
});

const forbidden = (why: string): AppError =>
  new AppError("FETCH_FORBIDDEN", `The URL ${why}. Give a plain http or https URL, or base64.`);

function checkUrl(url: URL, isAllowed: IsAllowed): void {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw forbidden("is neither http nor https");
  if (url.username !== "" || url.password !== "") throw forbidden("holds a user name or password");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  if (!DEFAULT_PORTS.has(url.port) && !isAllowed(host, port)) throw forbidden("names a port other than 80 and 443");
}

function redirectTarget({ headers: answered }: Dispatcher.ResponseData, from: URL): URL {
  const location = answered["location"];
  if (typeof location === "string" && URL.canParse(location, from)) return new URL(location, from);
  throw new AppError("FETCH_FAILED", "The URL redirects without saying where to.");
}

function translate(thrown: unknown, signal: AbortSignal, timeoutMs: number): AppError {
  const late = signal.aborted || faultOf(thrown).includes("TIMEOUT");
  const why = late ? `it took longer than ${timeoutMs} ms` : "the connection failed or broke off";
  return new AppError("FETCH_FAILED", `The URL could not be fetched: ${why}. Try again later.`, { cause: thrown });
}

/** What kind of error it is; its message may hold addresses. */
function faultOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "unknown";
  return "code" in thrown ? String(thrown.code) : thrown.name;
}
