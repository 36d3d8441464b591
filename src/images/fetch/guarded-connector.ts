import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { AppError } from "../../errors";
import { faultOf, TryAgain } from "./fetch-failure";
import { deniedHost, type FetchRules } from "./fetch-rules";
import { bareHost, portOf } from "./host-name";
import { isPublicAddress } from "./public-address";

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** Connects to `hostname`, by then an address that was checked, and over TLS speaks to `servername`. */
export type Dial = (to: buildConnector.Options) => Promise<Socket>;

type Socket = NonNullable<Parameters<buildConnector.Callback>[1]>;

const MAX_DIALLED_ADDRESSES = 3;

export const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/** Dials with real sockets; undici's options: `timeout` in ms, `ca` and the like. */
export function dialler(options: buildConnector.BuildOptions): Dial {
  const connect = buildConnector({ ...options, autoSelectFamily: false });
  return (to) =>
    new Promise((resolved, rejected) => {
      connect(to, (error, socket) => (error === null ? resolved(socket) : rejected(error)));
    });
}

/**
 * A connector that resolves a host itself, refuses it unless every address is public or the host is allowed, and dials
 * exactly the addresses that it checked, in turn: a second DNS answer never counts. Literal addresses are checked alike.
 */
export function guardedConnector(
  rules: FetchRules,
  resolve: Resolve,
  dial: Dial,
  timeoutMs: number,
): buildConnector.connector {
  const open = async (options: buildConnector.Options): Promise<Socket> => {
    const hostname = bareHost(options.hostname);
    const addresses = isIP(hostname) ? [hostname] : await resolveName(hostname, resolve, timeoutMs);
    check(hostname, portOf(options), addresses, rules);
    const named = isIP(hostname) ? options : { ...options, servername: options.servername ?? hostname };
    return dialInTurn(addresses, (address) => dial({ ...named, hostname: address }));
  };
  return (options, callback) => {
    open(options).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

/** How long one address may take to connect, so that one that swallows everything leaves time for the next. */
export const connectTimeoutMs = (timeoutMs: number, idleTimeoutMs: number): number =>
  Math.min(idleTimeoutMs, Math.ceil(timeoutMs / MAX_DIALLED_ADDRESSES));

async function dialInTurn(addresses: readonly string[], dial: (address: string) => Promise<Socket>): Promise<Socket> {
  let failure: unknown = null;
  for (const address of addresses.slice(0, MAX_DIALLED_ADDRESSES)) {
    try {
      return await dial(address);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function check(hostname: string, port: string, addresses: readonly string[], rules: FetchRules): void {
  if (addresses.length === 0) {
    throw new AppError("FETCH_FAILED", "The URL's host has no address. Check its spelling.");
  }
  if (addresses.some((address) => rules.isDenied(address))) throw deniedHost();
  if (rules.isAllowed(hostname, port) || addresses.every(isPublicAddress)) return;
  throw new AppError(
    "FETCH_FORBIDDEN",
    "The URL's host is not a public one, and this server fetches from the public internet only. Send the picture as base64, or have FETCH_ALLOWED_HOSTS name the host.",
  );
}

async function resolveName(hostname: string, resolve: Resolve, timeoutMs: number): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  // Whoever asked has given up by then; the connection that waits for a name must not wait for ever.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The name was not resolved in time.")), timeoutMs);
  });
  try {
    return await Promise.race([resolve(hostname), late]);
  } catch (error) {
    const failure = new AppError("FETCH_FAILED", "The URL's host could not be found. Check its spelling.", {
      cause: error,
    });
    throw faultOf(error) === "EAI_AGAIN" ? new TryAgain(failure) : failure;
  } finally {
    clearTimeout(timer);
  }
}
