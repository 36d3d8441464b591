// Before the SDK, which would load it.
import "./sdk-when-used";
import "./plain-binding";
import { setTimeout as delay } from "node:timers/promises";
import { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { AppError } from "../../errors";
import type { Log } from "../../log";
import { buildMessagesOnce } from "./messages-once";

buildMessagesOnce();

/** A status that Milvus answered with, or undefined where the SDK resolved to something that is none. */
interface Status {
  readonly code?: number;
  readonly reason?: string;
}

export interface MilvusAddress {
  /** "http(s)://host:port" or "host:port". */
  readonly address: string;
  readonly token: string | null;
  /** How long one call may take. */
  readonly timeoutMs: number;
  /** How long a call is tried again while the store is out of reach. */
  readonly patienceMs: number;
}

const COLLECTION_NOT_FOUND = 100;
const COLLECTION_NOT_LOADED = 101;
const RETRY_PAUSE_MS = 250;
const UNAVAILABLE_GRPC_CODES = new Set([1, 4, 8, 14]);

/**
 * The one way to Milvus: every call's status is checked, every failure becomes an AppError, and a store that is out of
 * reach is asked again until `patienceMs` have passed. Only calls that may safely be repeated go through here.
 */
export class MilvusConnection {
  readonly #client: MilvusClient;
  /** Whether the first contact was made, or is being made: the SDK answers every later call with one that failed. */
  #met = false;
  #closed = false;

  /** Asks nothing yet, so that it can be made while that Milvus starts: it takes a fifth of a second. */
  constructor(
    private readonly at: MilvusAddress,
    private readonly log: Log,
  ) {
    this.#client = clientFor(at);
  }

  /**
   * The checked result of one SDK call. `reload` is told when Milvus says that the collection is not loaded, as Lite does
   * after a restart; then the call is made again.
   */
  async run<T extends object>(
    operation: string,
    call: (client: MilvusClient) => Promise<T>,
    options: { reload?: () => Promise<void>; patienceMs?: number } = {},
  ): Promise<T> {
    const deadline = Date.now() + (options.patienceMs ?? this.at.patienceMs);
    for (;;) {
      const failure = await this.#attempt(operation, call);
      if ("result" in failure) return failure.result;
      const { error, code } = failure;
      if (this.#closed || Date.now() >= deadline || hasNoRoom(error.message)) throw error;
      if (code === COLLECTION_NOT_LOADED && options.reload) await options.reload();
      else if (error.code !== "STORE_UNAVAILABLE") throw error;
      this.log.debug({ operation, code }, "Milvus call is tried again");
      await delay(RETRY_PAUSE_MS);
    }
  }

  async #attempt<T extends object>(operation: string, call: (client: MilvusClient) => Promise<T>) {
    try {
      const result = await call(this.#usable());
      const status = statusOf(result);
      if (status?.code === 0) return { result };
      const reason = (status?.reason ?? "the call is not implemented by this server").slice(0, 500);
      const lost = status?.code === COLLECTION_NOT_LOADED || status?.code === COLLECTION_NOT_FOUND;
      const code = isTransient(reason) || hasNoRoom(reason) ? "STORE_UNAVAILABLE" : "STORE_FAILED";
      const error = new AppError(code, `Milvus refused to ${operation}: ${reason}`, { cause: result });
      return { error, code: lost ? status.code : undefined };
    } catch (thrown) {
      return { error: translate(operation, thrown), code: undefined };
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client.closeConnection();
  }

  #usable(): MilvusClient {
    if (!this.#met) {
      this.#met = true;
      this.#client.connect(MilvusClient.sdkInfo.version);
      this.#client.connectPromise.catch(() => (this.#met = false));
    }
    return this.#client;
  }
}

function clientFor({ address, token, timeoutMs }: MilvusAddress): MilvusClient {
  const client = new MilvusClient({
    __SKIP_CONNECT__: true,
    address,
    ...(token === null ? {} : { token }),
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: "error",
    telemetry: { enabled: false },
    channelOptions: {
      "grpc.initial_reconnect_backoff_ms": 100,
      "grpc.max_reconnect_backoff_ms": 1_000,
      // Servers, Lite among them, hang up on clients that ping more often than every five minutes while nothing is asked.
      "grpc.keepalive_time_ms": 300_000,
      "grpc.enable_http_proxy": 0,
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    },
  });
  withoutRetries(client);
  return client;
}

/**
 * Takes the SDK's last interceptor out, which tries again. We do that by ourselves, and it writes every message that is sent
 * or comes into a JSON string first, logging or not: 20 ms of the event loop for 256 documents.
 */
function withoutRetries({ channelOptions }: MilvusClient): void {
  const { interceptors } = channelOptions as { interceptors?: unknown[] };
  interceptors?.pop();
}

function statusOf(result: object): Status | undefined {
  const status = ("status" in result ? result.status : result) as Status | undefined;
  return typeof status === "object" && typeof status?.code === "number" ? status : undefined;
}

/** What a server says of itself while it starts or stops, where the code alone does not tell. */
function isTransient(reason: string): boolean {
  return /not ready|service unavailable|shutting down|UNAVAILABLE|channel closed|no available \w*coord/i.test(reason);
}

/** Of a disk that is full or must not be written: an operator can help, waiting for some seconds cannot. */
const hasNoRoom = (reason: string): boolean => /No space left on device|Read-only file system/i.test(reason);

function translate(operation: string, thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const { code, details } = (thrown ?? {}) as { code?: unknown; details?: unknown };
  const reason = String(details ?? reasonOf(thrown)).slice(0, 500);
  const unavailable = UNAVAILABLE_GRPC_CODES.has(code as number) || isTransient(reason) || /ECONNREFUSED/.test(reason);
  return unavailable
    ? new AppError("STORE_UNAVAILABLE", `Milvus could not be reached to ${operation}. Try again later.`, {
        cause: thrown,
      })
    : new AppError("STORE_FAILED", `Milvus failed to ${operation}: ${reason}`, { cause: thrown });
}

/** The SDK throws Errors, statuses ({ reason }) and answers that hold one ({ status: { reason } }). */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown !== "object" || thrown === null) return String(thrown);
  const { reason, status } = thrown as { reason?: unknown; status?: { reason?: unknown } };
  const told = reason ?? status?.reason;
  return typeof told === "string" && told !== "" ? told : JSON.stringify(thrown);
}
