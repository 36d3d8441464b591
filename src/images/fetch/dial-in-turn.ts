import { isIP } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** How long one address is tried alone before the next one is tried beside it (RFC 8305, section 5). */
const ATTEMPT_DELAY_MS = 250;
const MAX_DIALLED_ADDRESSES = 6;

/** A connection that is being made: `signal` ends the attempt. */
export type Attempt<S> = (address: string, signal: AbortSignal) => Promise<S>;

/**
 * The first connection that comes about, to one of a host's addresses: their families take turns, and one that does not
 * answer holds the next one back for a moment only ("happy eyeballs"). Other attempts are ended. Throws what the last
 * one threw when none succeeds.
 */
export async function dialInTurn<S extends { destroy(): unknown }>(
  addresses: readonly string[],
  attempt: Attempt<S>,
): Promise<S> {
  const waiting = byTurns(addresses).slice(0, MAX_DIALLED_ADDRESSES);
  const won = new AbortController();
  const running = new Set<Promise<S | null>>();
  let failure: unknown = null;
  const start = (address: string): void => {
    const run: Promise<S | null> = attempt(address, won.signal)
      .catch((error: unknown) => {
        failure = error;
        return null;
      })
      .finally(() => running.delete(run));
    running.add(run);
  };
  while (waiting.length > 0 || running.size > 0) {
    if (waiting.length > 0) start(waiting.shift()!);
    const socket = await firstOf(running, waiting.length > 0 ? ATTEMPT_DELAY_MS : null);
    if (socket === null) continue;
    won.abort();
    // One that was connected at the same moment is not needed any more.
    for (const late of running) void late.then((other) => other !== socket && other?.destroy());
    return socket;
  }
  throw failure;
}

/** The next of them to end, or null after some time. */
async function firstOf<S>(running: ReadonlySet<Promise<S | null>>, limitMs: number | null): Promise<S | null> {
  const timer = new AbortController();
  const late = limitMs === null ? [] : [pause(limitMs, null, { signal: timer.signal })];
  try {
    return await Promise.race([...running, ...late]);
  } finally {
    timer.abort();
  }
}

/** IPv6 and IPv4 addresses in turn, beginning with the kind that comes first, each kind in its order. */
function byTurns(addresses: readonly string[]): string[] {
  const family = isIP(addresses[0] ?? "");
  const [first, second] = [true, false].map((isFirst) => addresses.filter((one) => (isIP(one) === family) === isFirst));
  return addresses.flatMap((_, at) => [...first!.slice(at, at + 1), ...second!.slice(at, at + 1)]);
}
