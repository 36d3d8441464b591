import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import { join } from "node:path";
import { dialler, type Dial, type Resolve } from "../../src/images/fetch/guarded-connector";

export interface Request {
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A public internet on loopback: what the fetcher is given as `resolve` and `dial`, so that its guard stays on. */
export interface BadInternet {
  readonly resolve: Resolve;
  readonly dial: Dial;
  /** What was asked for since the last `forget`, in order. */
  readonly requests: readonly Request[];
  /** Addresses that were dialled since then. */
  readonly dialled: readonly string[];
  /** How many requests to each host were answered at once at most since then, http and https together. */
  readonly peaks: ReadonlyMap<string, number>;
  forget(): void;
  stop(): Promise<void>;
}

/** Every name that there is, with the address that the guard sees. Its certificates: test/fixtures/tls. */
const ADDRESSES: Readonly<Record<string, string>> = {
  "pictures.example": "93.184.216.34",
  "other.example": "93.184.216.35",
  "expired.example": "93.184.216.36",
};

const pem = (name: string): Buffer => readFileSync(join(__dirname, "../fixtures/tls", name));

/** Starts servers for http (80), https (443) and https with an expired certificate, all of which answer alike. */
export async function startBadInternet(answer: RequestListener): Promise<BadInternet> {
  let requests: Request[] = [];
  let dialled: string[] = [];
  let peaks = new Map<string, number>();
  const running = new Map<string, number>();
  const listener: RequestListener = (request, response) => {
    const { url: path = "", headers } = request;
    const host = headers.host ?? "";
    requests.push({ host, path, headers });
    const now = (running.get(host) ?? 0) + 1;
    running.set(host, now);
    peaks.set(host, Math.max(peaks.get(host) ?? 0, now));
    response.once("close", () => running.set(host, running.get(host)! - 1));
    answer(request, response);
  };
  const bear = (socket: Socket): void => void socket.on("error", () => undefined);
  const [key, cert, expired] = [pem("host.key"), pem("valid.pem"), pem("expired.pem")];
  const servers = [
    createHttpServer(listener).on("connection", bear),
    createTlsServer({ key, cert }, listener).on("connection", bear),
    createTlsServer({ key, cert: expired }, listener).on("connection", bear),
  ];
  const [http, https, httpsExpired] = await Promise.all(servers.map(listen));
  const dialLoopback = dialler({ timeout: 500, ca: pem("ca.pem") });
  return {
    resolve: async (name) => [ADDRESSES[name]!],
    dial: (to) => {
      dialled.push(to.hostname);
      const tlsPort = to.hostname === ADDRESSES["expired.example"] ? httpsExpired : https;
      return dialLoopback({ ...to, hostname: "127.0.0.1", port: String(to.protocol === "https:" ? tlsPort : http) });
    },
    get requests() {
      return requests;
    },
    get dialled() {
      return dialled;
    },
    get peaks() {
      return peaks;
    },
    forget() {
      [requests, dialled, peaks] = [[], [], new Map()];
    },
    stop: async () => void (await Promise.all(servers.map(stop))),
  };
}

const listen = (server: Server): Promise<number> =>
  new Promise((ready) => {
    server.listen(0, "127.0.0.1", () => ready((server.address() as AddressInfo).port));
  });

const stop = (server: ReturnType<typeof createHttpServer>): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
