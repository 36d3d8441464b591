import { isIP } from "node:net";
import { IPv6, parse } from "ipaddr.js";
import { AppError } from "../../errors";
import { bareHost, portOf } from "./host-name";

/** Whose pictures are fetched, beyond what is public: hosts as `canonicalHost` spells them. */
export interface FetchRules {
  /** Whether a host may be fetched from though it is not public, and at this port. */
  isAllowed(host: string, port: string): boolean;
  /** Whether a host, name or address, is never fetched from: wins over `isAllowed`. */
  isDenied(host: string): boolean;
}

const PUBLIC_PORTS = new Set(["80", "443"]);

/** Clouds' own services whose names lead to public addresses. */
const CLOUD_HOSTS = [".metadata.packet.net", ".metadata.platformequinix.com"];

/** `allowedHosts`: "host" (every port) or "host:port". `deniedHosts`: "host", or ".host" for it and all beneath it. */
export function fetchRules(allowedHosts: readonly string[], deniedHosts: readonly string[]): FetchRules {
  const allowed = new Set(allowedHosts);
  const denied = [...deniedHosts, ...CLOUD_HOSTS].map((host) => (host.startsWith(".") ? host : plain(host)));
  return {
    isAllowed(host, port) {
      const written = host.includes(":") ? `[${host}]` : host;
      return allowed.has(written) || allowed.has(`${written}:${port}`);
    },
    isDenied(host) {
      const asked = plain(host);
      return denied.some((one) => (one.startsWith(".") ? `.${asked}`.endsWith(one) : asked === one));
    },
  };
}

/** One spelling for what leads to the same place: no final dot, an IPv4 address out of its IPv6 wrapping. */
function plain(host: string): string {
  const bare = bareHost(host).replace(/\.+$/, "");
  if (isIP(bare) === 0) return bare;
  const address = parse(bare);
  return String(address instanceof IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address);
}

/** Throws FETCH_FORBIDDEN for what can be told from a URL alone; its host's addresses are checked when it is dialled. */
export function checkUrl(url: URL, rules: FetchRules): void {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw forbidden("is neither http nor https");
  if (url.username !== "" || url.password !== "") throw forbidden("holds a user name or password");
  if (rules.isDenied(url.hostname)) throw deniedHost();
  const port = portOf(url);
  if (!PUBLIC_PORTS.has(port) && !rules.isAllowed(bareHost(url.hostname), port)) {
    throw forbidden("names a port other than 80 and 443");
  }
}

/** What is thrown for a host that the configuration excludes. */
export const deniedHost = (): AppError =>
  new AppError(
    "FETCH_FORBIDDEN",
    "The URL's host is one that this server is set never to fetch from. Send the picture as base64.",
  );

const forbidden = (why: string): AppError =>
  new AppError("FETCH_FORBIDDEN", `The URL ${why}. Give a plain http or https URL, or base64.`);
