import { setMaxListeners } from "node:events";
import { AppError } from "../../errors";
import type { Log } from "../../log";
import type { EncodingRole } from "../../ports/encoder";
import { TimeBudget } from "../../retries/time-budget";
import { withRetries } from "../../retries/with-retries";
import { EncoderRequests, type EncoderRequest } from "./encoder-requests";
import { toRemoteFailure } from "./remote-failure";

export interface RemoteCallsOptions {
  readonly apiKey: string | null;
  /** For one batch, retries included. */
  readonly deadlineMs: number;
  /** How long is waited for the first answers. */
  readonly startTimeoutMs: number;
  readonly log: Log;
}

/** Each may be split in parts that travel side by side. */
const CONNECTIONS = 16;
/** Somebody waits for a query, and would rather be told. */
const QUERY_DEADLINE_MS = 20_000;

/**
 * Requests to a remote encoder, repeated while what they fail with may pass: after pauses that grow and vary, not before
 * the remote said, within the deadline. One attempt gets a third of that, so that a stalled one leaves time for others.
 */
export class RemoteCalls {
  readonly #requests: EncoderRequests;
  readonly #attemptMs: number;
  readonly #closing = new AbortController();

  constructor(private readonly options: RemoteCallsOptions) {
    const { apiKey, deadlineMs } = options;
    this.#attemptMs = Math.ceil(deadlineMs / 3);
    this.#requests = new EncoderRequests({ apiKey, connections: CONNECTIONS, timeoutMs: this.#attemptMs });
    // Every pause listens to it.
    setMaxListeners(0, this.#closing.signal);
  }

  /** The time for one batch, whatever parts it comes to be sent in. */
  budget(role: EncodingRole): TimeBudget {
    const { deadlineMs } = this.options;
    return new TimeBudget(role === "query" ? Math.min(deadlineMs, QUERY_DEADLINE_MS) : deadlineMs);
  }

  /** The time for what is asked before anything is encoded: two machines may start at the same moment. */
  startBudget(): TimeBudget {
    return new TimeBudget(this.options.startTimeoutMs);
  }

  /** What `read` makes of the answer. Throws BatchRefused, ENCODER_UNAVAILABLE, and SHUTTING_DOWN once closed. */
  async ask<T>(request: EncoderRequest, read: (body: Buffer) => T, budget: TimeBudget): Promise<T> {
    const closing = this.#closing.signal;
    const send = (signal: AbortSignal) => this.#requests.send(request, signal);
    const attempt = async () => {
      try {
        const forThisMs = Math.min(this.#attemptMs, budget.leftMs);
        return read(await budget.run(() => new TimeBudget(forThisMs).run(send)));
      } catch (thrown) {
        const failure = toRemoteFailure(thrown);
        this.options.log.debug({ reason: failure.message }, "A request to the remote encoder failed");
        throw failure;
      }
    };
    return withRetries(attempt, { retries: Infinity, budget, closing }).catch((thrown: unknown) => {
      throw closing.aborted ? shuttingDown() : this.#told(thrown);
    });
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.#requests.close();
  }

  /** What is no item's fault is the operator's to see. */
  #told(thrown: unknown): unknown {
    if (thrown instanceof AppError) {
      this.options.log.warn({ reason: thrown.message }, "The remote encoder cannot be used");
    }
    return thrown;
  }
}

const shuttingDown = (): AppError => new AppError("SHUTTING_DOWN", "The encoder is closed.");
