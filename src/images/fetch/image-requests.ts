import { Agent, request, type Dispatcher } from "undici";
import type { FileKind } from "../../documents/file-kind";
import { AppError } from "../../errors";
import { headersFor, type HeadersByHost } from "./fetch-headers";
import { checkUrl, fetchRules, type FetchRules } from "./fetch-rules";
import {
  connectTimeoutMs,
  dialler,
  guardedConnector,
  resolveByDns,
  type Dial,
  type Resolve,
} from "./guarded-connector";
import { HostSlots } from "./host-slots";
import { readBody } from "./read-body";
import type { TimeBudget } from "../../retries/time-budget";

export interface ImageRequestOptions {
  /** Hosts, written as in a URL with or without a port, that may be fetched from though they are not public. */
  readonly allowedHosts: readonly string[];
  /** Hosts, or ".host" for one and all beneath it, that are never fetched from, allowed or not. */
  readonly deniedHosts: readonly string[];
  readonly headersByHost: HeadersByHost;
  readonly maxBytes: Readonly<Record<FileKind, number>>;
  /** For one picture: retries, redirects and body included; waiting for a turn at its host is not. */
  readonly timeoutMs: number;
  /** How long a host may send nothing. */
  readonly idleTimeoutMs: number;
  /** Requests to one host at a time. */
  readonly perHost: number;
  readonly userAgent: string;
  /** Only tests set these two: where names lead, and how a checked address is dialled. The guard stays on. */
  readonly resolve?: Resolve;
  readonly dial?: Dial;
}

/** Single requests, each checked on its own and sent when its host has a turn free. */
export interface ImageRequests {
  /** The picture's bytes, or where the URL redirects to. Spends `budget` only while it is this request's turn. */
  ask(at: URL, kind: FileKind, budget: TimeBudget): Promise<Uint8Array | URL>;
  close(): Promise<void>;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** However long a host offers to keep a connection. */
const KEEP_ALIVE_MS = 10_000;

export function openImageRequests(options: ImageRequestOptions): ImageRequests {
  const { headersByHost, maxBytes, userAgent } = options;
  const rules = fetchRules(options.allowedHosts, options.deniedHosts);
  const slots = new HostSlots(options.perHost);
  const agent = openAgent(options, rules);
  const send = async (at: URL, kind: FileKind, signal: AbortSignal): Promise<Uint8Array | URL> => {
    const headers = { ...headersFor(at, headersByHost), ...ownHeaders(userAgent, kind) };
    const response = await request(at, { dispatcher: agent, signal, headers });
    if (!REDIRECTS.has(response.statusCode)) return readBody(response, kind, maxBytes[kind]);
    response.body.on("error", () => undefined).destroy();
    return redirectTarget(response, at);
  };
  return {
    async ask(at, kind, budget) {
      checkUrl(at, rules);
      return slots.run(at.hostname.replace(/\.$/, ""), () => budget.run((signal) => send(at, kind, signal)));
    },
    close: () => agent.destroy(),
  };
}

/** An Agent of our own knows nothing of proxy variables. */
function openAgent(options: ImageRequestOptions, rules: FetchRules): Agent {
  const { timeoutMs, idleTimeoutMs, perHost, resolve = resolveByDns } = options;
  const { dial = dialler({ timeout: connectTimeoutMs(timeoutMs, idleTimeoutMs) }) } = options;
  return new Agent({
    connect: guardedConnector(rules, resolve, dial, timeoutMs),
    connections: perHost,
    headersTimeout: idleTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });
}

const ACCEPT: Readonly<Record<FileKind, string>> = {
  picture: "image/avif,image/webp,image/png,image/jpeg,image/gif,image/heic;q=0.9,image/*;q=0.5",
  PDF: "application/pdf",
};

const ownHeaders = (userAgent: string, kind: FileKind) => ({
  "user-agent": userAgent,
  accept: ACCEPT[kind],
  "accept-encoding": "identity",
});

function redirectTarget({ headers }: Dispatcher.ResponseData, from: URL): URL {
  // Hosts write UTF-8; undici reads headers as Latin-1.
  const location = Buffer.from(String(headers["location"] ?? ""), "latin1").toString();
  if (typeof headers["location"] === "string" && URL.canParse(location, from)) return new URL(location, from);
  throw new AppError("FETCH_FAILED", "The URL redirects without saying where to.", { retryable: false });
}
