import { setTimeout as sleep } from "node:timers/promises";
import { isNativeError } from "node:util/types";
import { Agent, fetch, type Response } from "undici";
import { AppError } from "../errors";

/** How patient a download is. */
export interface HubPatience {
  /** A connection that delivers nothing for so long is given up and tried again. */
  readonly idleTimeoutMs: number;
  /** The wait after the first failure; it doubles with each further one in a row. */
  readonly retryDelayMs: number;
  /** Tries in a row without a new byte. */
  readonly attempts: number;
}

/** Whoever is cut off from the hub should not wait long to be told so. */
const MAX_CONNECT_MS = 10_000;

/** Where models come from: the hub's address and how patiently it is asked. Close it to let its connections go. */
export class Hub {
  private readonly agent: Agent;

  constructor(
    readonly url: string,
    readonly patience: HubPatience,
  ) {
    const { idleTimeoutMs } = patience;
    const connectTimeout = Math.min(idleTimeoutMs, MAX_CONNECT_MS);
    this.agent = new Agent({ connectTimeout, headersTimeout: idleTimeoutMs, bodyTimeout: idleTimeoutMs });
  }

  /** The address of something on the hub. */
  address(path: string): string {
    return `${this.url.replace(/\/+$/, "")}/${path}`;
  }

  /** Sends one GET. Answers that another try may better (429, 5xx) throw; those of 4xx come back as they are. */
  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    // Ranges and sizes count the bytes of the file, not those of a compressed body.
    const sent = { "accept-encoding": "identity", ...headers };
    const response = await fetch(this.address(path), { headers: sent, dispatcher: this.agent });
    if (response.status !== 429 && response.status < 500) return response;
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status}`);
  }

  /**
   * Calls `work` until it succeeds. An AppError is final, anything else is tried again; `progress()` grows with what
   * the tries have achieved, and a try that achieved something starts the count anew.
   */
  async retry<T>(work: () => Promise<T>, progress: () => number = () => 0): Promise<T> {
    for (let failures = 0, achieved = progress(); ;) {
      try {
        return await work();
      } catch (error) {
        failures = progress() > achieved ? 1 : failures + 1;
        achieved = Math.max(achieved, progress());
        if (error instanceof AppError || failures >= this.patience.attempts) throw error;
        await sleep(this.patience.retryDelayMs * 2 ** (failures - 1));
      }
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

/** Why a request failed, in a few words: undici hides the system's reason in `cause`. */
export function reasonOf(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  const { cause } = error;
  // Node tries all addresses of a name and gathers what became of each.
  if (isNativeError(cause) && "errors" in cause && Array.isArray(cause.errors)) return reasonOf(cause.errors[0]);
  return isNativeError(cause) && cause.message !== "" ? cause.message : error.message;
}
