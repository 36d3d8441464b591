interface Address {
  /** What the server listens on. */
  readonly host: string;
  /** What clients are told; null: where the server listens. */
  readonly publicUrl: string | null;
}

/** Where a client on this machine finds a server that listens on `host`. */
const reachable = (host: string): string =>
  isEverywhere(host) ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;

const isEverywhere = (host: string): boolean => host === "0.0.0.0" || host === "::";

/** Where this machine reaches a server on a port. */
export const localUrl = ({ host }: Pick<Address, "host">, port: number): string => `http://${reachable(host)}:${port}`;

/** What an operator has to know of the addresses that clients are given; null: nothing. */
export const publicUrlWarning = ({ host, publicUrl }: Address, url: string): string | null =>
  publicUrl !== null || !isEverywhere(host)
    ? null
    : `HOST is ${host}, but PUBLIC_URL is not set: addresses of pictures and uploads begin with ${url}, which only this machine reaches. Set PUBLIC_URL to where clients reach this server.`;
