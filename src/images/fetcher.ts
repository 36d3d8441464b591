import { Agent, request, type Dispatcher } from "undici";
import { AppError } from "../errors";
import type { Log } from "../log";
import type { ImageFetcher } from "../search/images";
import { guardedConnector, resolveByDns, type IsAllowed, type Resolve } from "./guarded-connector";
import { readBody } from "./read-body";

export interface FetcherOptions {
  /** Hosts, written as in a URL with or without a port, that may be fetched from though they are not public. */
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
  const { allowedHosts, timeoutMs, resolve = resolveByDns } = options;
  const isAllowed = allowedBy(allowedHosts);
  // An Agent of our own knows nothing of proxy variables.
  const agent = new Agent({
    connect: guardedConnector(resolve, isAllowed, timeoutMs),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return {
    fetch: (url) => fetchInTime(url, agent, isAllowed, options),
    close: () => agent.destroy(),
  };
}

function allowedBy(hosts: readonly string[]): IsAllowed {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  return (host, port) => {
    const written = host.includes(":") ? `[${host}]` : host;
    return allowed.has(written) || allowed.has(`${written}:${port}`);
  };
}

async function fetchInTime(url: URL, agent: Agent, isAllowed: IsAllowed, options: FetcherOptions): Promise<Uint8Array> {
  const { timeoutMs, log } = options;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  // undici heeds a signal only once it is connected; looking up a name and dialling must not outlast it either.
  const expired = new Promise<never>((_, reject) => {
    late.signal.addEventListener("abort", () => reject(late.signal.reason as Error));
  });
  try {
    return await Promise.race([follow(url, agent, late.signal, isAllowed, options), expired]);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    log.debug({ fault: faultOf(thrown) }, "A picture could not be fetched");
    throw translate(thrown, late.signal, timeoutMs);
  } finally {
    clearTimeout(timer);
  }
}

async function follow(
  url: URL,
  agent: Agent,
  signal: AbortSignal,
  isAllowed: IsAllowed,
  { maxBytes, maxRedirects = 3, userAgent }: FetcherOptions,
): Promise<Uint8Array> {
  let at = url;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    checkUrl(at, isAllowed);
    const response = await request(at, { dispatcher: agent, signal, headers: headers(userAgent) });
    if (!REDIRECTS.has(response.statusCode)) return readBody(response, maxBytes);
    await response.body.dump().catch(() => undefined);
    at = redirectTarget(response, at);
  }
  throw new AppError("FETCH_FAILED", `The URL redirects more than ${maxRedirects} times. Give the last address.`);
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
  const why = signal.aborted ? `it took longer than ${timeoutMs} ms` : "the connection failed or broke off";
  return new AppError("FETCH_FAILED", `The URL could not be fetched: ${why}. Try again later.`, { cause: thrown });
}

/** What kind of error it is; its message may hold addresses. */
function faultOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "unknown";
  return "code" in thrown ? String(thrown.code) : thrown.name;
}
