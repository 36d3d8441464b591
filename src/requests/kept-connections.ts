import { Agent } from "undici";

export interface KeptConnectionsOptions {
  /** At most so many. */
  readonly connections: number;
  /** How long nothing may come. */
  readonly timeoutMs: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** Shorter than servers keep a connection, so that it is not closed just as it is used again. */
const KEEP_ALIVE_MS = 4_000;

/**
 * Connections to a server that the operator names: its address is not checked, proxy variables count for nothing, and no redirect
 * is followed with the key.
 */
export const keptConnections = ({ connections, timeoutMs }: KeptConnectionsOptions): Agent =>
  new Agent({
    connections,
    connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });
