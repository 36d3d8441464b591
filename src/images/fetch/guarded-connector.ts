import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { AppError } from "../../errors";
import { dialInTurn } from "./dial-in-turn";
import { TryAgain } from "../../retries/try-again";
import { faultOf } from "./fetch-failure";
import { deniedHost, type FetchRules } from "./fetch-rules";
import { bareHost, portOf } from "./host-name";
import { isPublicAddress } from "./public-address";

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** Connects to `hostname`, by then an address that was checked, and over TLS speaks to `servername`, until `signal` ends it. */
export type Dial = (to: buildConnector.Options, signal?: AbortSignal) => Promise<Socket>;

type Socket = NonNullable<Parameters<buildConnector.Callback>[1]>;

export const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/** Dials with real sockets; undici's options: `timeout` in ms, `ca` and the like. */
export function dialler(options: buildConnector.BuildOptions): Dial {
  const connect = buildConnector({ ...options, autoSelectFamily: false });
  return (to, signal) =>
    new Promise((resolved, rejected) => {
      const ended = () => rejected(new Error("Another address was quicker."));
      // It gives the socket back, though its type does not say so.
      const dialled = connect(to, (error, socket) => {
        signal?.removeEventListener("abort", stop);
        if (error === null) resolved(socket);
        else rejected(error);
      }) as unknown as Socket | undefined;
      const stop = () => {
        dialled?.destroy();
        ended();
      };
      signal?.addEventListener("abort", stop);
    });
}

/**
 * A connector that resolves a host itself, refuses it unless every address is public or the host is allowed, and dials
 * exactly the addresses that it checked: a second DNS answer never counts. Literal addresses are checked alike.
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
    return dialInTurn(addresses, (address, signal) => dial({ ...named, hostname: address }, signal));
  };
  return (options, callback) => {
    open(options).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

/** How long one address may take to connect, so that a try that waits for one in vain leaves time for another. */
export const connectTimeoutMs = (timeoutMs: number, idleTimeoutMs: number): number =>
  Math.min(idleTimeoutMs, Math.ceil(timeoutMs / 3));

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
