import type { Config } from "./config";

/** Where a client on this machine finds a server that listens on `host`. */
const reachable = (host: string): string =>
  isEverywhere(host) ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;

const isEverywhere = (host: string): boolean => host === "0.0.0.0" || host === "::";

/** Where this machine reaches a server on a port. */
export const localUrl = ({ host }: Pick<Config, "host">, port: number): string => `http://${reachable(host)}:${port}`;

/** What an operator has to know of the addresses that clients are given; null: nothing. */
export const publicUrlWarning = (
  { host, publicUrl }: Pick<Config, "host" | "publicUrl">,
  url: string,
): string | null =>
  publicUrl !== null || !isEverywhere(host)
    ? null
    : `HOST is ${host}, but PUBLIC_URL is not set: addresses of pictures and uploads begin with ${url}, which only this machine reaches. Set PUBLIC_URL to where clients reach this server.`;
