import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { AppError } from "../errors";
import { isPublicAddress } from "./public-address";

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** Whether a host may be fetched from though it is not public. */
export type IsAllowed = (host: string, port: string) => boolean;

type Socket = NonNullable<Parameters<buildConnector.Callback>[1]>;

const MAX_DIALLED_ADDRESSES = 3;

export const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * A connector that resolves a host itself, refuses it unless every address is public or the host is allowed, and dials
 * exactly the addresses that it checked, in turn: a second DNS answer never counts. Literal addresses are checked alike.
 */
export function guardedConnector(resolve: Resolve, isAllowed: IsAllowed, timeoutMs: number): buildConnector.connector {
  // One address that swallows everything leaves time for the next.
  const connect = buildConnector({ timeout: Math.ceil(timeoutMs / MAX_DIALLED_ADDRESSES), autoSelectFamily: false });
  const dial = (options: buildConnector.Options): Promise<Socket> =>
    new Promise((resolved, rejected) => {
      connect(options, (error, socket) => (error === null ? resolved(socket) : rejected(error)));
    });
  const open = async (options: buildConnector.Options): Promise<Socket> => {
    const hostname = options.hostname.replace(/^\[|\]$/g, "");
    const port = options.port || (options.protocol === "https:" ? "443" : "80");
    const addresses = await check(hostname, port, resolve, isAllowed);
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

async function check(
  hostname: string,
  port: string,
  resolve: Resolve,
  isAllowed: IsAllowed,
): Promise<readonly string[]> {
  const addresses = isIP(hostname) ? [hostname] : await resolveName(hostname, resolve);
  if (addresses.length === 0) {
    throw new AppError("FETCH_FAILED", "The URL's host has no address. Check its spelling.");
  }
  if (isAllowed(hostname, port) || addresses.every(isPublicAddress)) return addresses;
  throw new AppError(
    "FETCH_FORBIDDEN",
    "The URL's host is not a public one, and this server fetches from the public internet only. Send the picture as base64, or have FETCH_ALLOWED_HOSTS name the host.",
  );
}

async function resolveName(hostname: string, resolve: Resolve): Promise<readonly string[]> {
  try {
    return await resolve(hostname);
  } catch (error) {
    throw new AppError("FETCH_FAILED", "The URL's host could not be found. Check its spelling.", { cause: error });
  }
}
