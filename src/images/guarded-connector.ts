import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { AppError } from "../errors";
import { isPublicAddress } from "./public-address";

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * A connector that resolves a host itself, refuses it unless every address is public or the host is allowed, and dials
 * exactly an address that it checked: a second DNS answer never counts. Literal addresses are checked alike.
 */
export function guardedConnector(
  resolve: Resolve,
  isAllowed: (host: string, port: string) => boolean,
  timeoutMs: number,
): buildConnector.connector {
  const dial = buildConnector({ timeout: timeoutMs, autoSelectFamily: false });
  return (options, callback) => {
    const hostname = options.hostname.replace(/^\[|\]$/g, "");
    check(hostname, options.port || (options.protocol === "https:" ? "443" : "80"), resolve, isAllowed).then(
      (address) => {
        const servername = isIP(hostname) ? {} : { servername: options.servername ?? hostname };
        dial({ ...options, ...servername, hostname: address, host: address }, callback);
      },
      (error: Error) => callback(error, null),
    );
  };
}

async function check(
  hostname: string,
  port: string,
  resolve: Resolve,
  isAllowed: (host: string, port: string) => boolean,
): Promise<string> {
  const addresses = isIP(hostname) ? [hostname] : await resolveName(hostname, resolve);
  const first = addresses[0];
  if (first === undefined) throw new AppError("FETCH_FAILED", "The URL's host has no address. Check its spelling.");
  if (isAllowed(hostname, port) || addresses.every(isPublicAddress)) return first;
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
