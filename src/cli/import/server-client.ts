import { setTimeout as pause } from "node:timers/promises";
import { AppError, type ErrorCode } from "../../errors";
import { COLLECTION } from "./operations";

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string; retryable?: boolean } }[];
}

const ANSWER_TIMEOUT_MS = 120_000;
const RETRY_PAUSE_MS = 1_000;
/** Long enough for a server that is restarted. */
const PATIENCE_MS = 60_000;

/**
 * A Parallax server, asked over its public contract. Every call may be made again, and is while the server is away or
 * says that it is worth it. Throws the server's errors under their codes.
 */
export class ServerClient {
  constructor(
    readonly url: string,
    private readonly interrupted: AbortSignal,
  ) {}

  ask<T>(query: string, variables: object = {}, patienceMs = PATIENCE_MS): Promise<T> {
    return this.#patiently(patienceMs, async (signal) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`${this.url}/graphql`, { method: "POST", headers, body, signal });
      const { data, errors } = (await response.json()) as Answer<T>;
      if (errors?.[0]) throw toError(errors[0]);
      return data as T;
    });
  }

  /** Puts a file where `createUpload` said. Throws INVALID_CONFIGURATION where that is no place that this machine reaches. */
  put(url: string, bytes: Uint8Array<ArrayBuffer>, mediaType: string): Promise<void> {
    return this.#patiently(PATIENCE_MS, async (signal) => {
      const headers = { "content-type": mediaType };
      const response = await fetch(url, { method: "PUT", headers, body: bytes, signal }).catch((error: unknown) =>
        this.#elsewhere(url, error),
      );
      if (response.ok) return void (await response.arrayBuffer());
      const { errors } = (await response
        .json()
        .catch((error: unknown) => this.#elsewhere(url, error))) as Answer<never>;
      if (errors?.[0]?.extensions?.code === "INVALID_UPLOAD") await this.#elsewhere(url, null);
      throw toError(errors?.[0] ?? { message: `The upload was answered with ${response.status}.` });
    });
  }

  /** Whoever answers at an upload's URL, or does not, is not the server: it is there, under another address. Throws `cause` else. */
  async #elsewhere(url: string, cause: unknown): Promise<never> {
    const { origin } = new URL(url);
    if (origin === new URL(this.url).origin || this.interrupted.aborted) throw cause;
    await this.ask(COLLECTION, {}, 0).catch(() => {
      throw cause;
    });
    throw new AppError(
      "INVALID_CONFIGURATION",
      `The server at ${this.url} gives URLs for uploads at ${origin}, which is not reachable from here. Set its PUBLIC_URL to an address that its clients reach, such as ${this.url}.`,
      { cause },
    );
  }

  async #patiently<T>(patienceMs: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        return await call(AbortSignal.any([this.interrupted, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]));
      } catch (error) {
        this.interrupted.throwIfAborted();
        if (error instanceof AppError && !error.retryable) throw error;
        if (Date.now() >= deadline) throw error instanceof AppError ? error : this.#away(error);
        await pause(RETRY_PAUSE_MS, undefined, { signal: this.interrupted });
      }
    }
  }

  #away(cause: unknown): AppError {
    const message = `The server at ${this.url} does not answer any more. Run the same command again when it does: it goes on where it stopped.`;
    return new AppError("SHUTTING_DOWN", message, { cause });
  }
}

function toError({
  message,
  extensions,
}: {
  message: string;
  extensions?: { code?: string; retryable?: boolean };
}): AppError {
  const code = (extensions?.code ?? "INTERNAL_SERVER_ERROR") as ErrorCode;
  if (extensions?.code === "GRAPHQL_VALIDATION_FAILED") {
    return new AppError("BAD_USER_INPUT", `The server has another version than this command: ${message}`);
  }
  return new AppError(code, message, { retryable: extensions?.retryable ?? false });
}
