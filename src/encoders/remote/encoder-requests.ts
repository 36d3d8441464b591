import { Agent, request, type Dispatcher } from "undici";
import { RemoteWords, statusFailure, unusable } from "./remote-failure";

export interface EncoderRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** Null: none. */
  readonly contentType: string | null;
  readonly body: string | Uint8Array | null;
  /** An answer that is longer is refused. */
  readonly maxBytes: number;
  /** Whether a refusal may be quoted in errors and the log: it may repeat what was sent. */
  readonly mayBeQuoted: boolean;
}

export interface EncoderRequestsOptions {
  /** Sent as a bearer token; null: none. */
  readonly apiKey: string | null;
  /** Requests under way at a time. */
  readonly connections: number;
  /** How long nothing may come. */
  readonly timeoutMs: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** Shorter than servers keep a connection, so that it is not closed just as it is used again. */
const KEEP_ALIVE_MS = 4_000;
const MAX_WORDS_BYTES = 16_384;
const SHOWN_WORDS = 300;
const CONTENT_TOO_LARGE = 413;
/** "maximum context length", "must have less than 512 tokens", "exceeds", "too long". */
const SPEAKS_OF_LENGTH = /token|length|exceed|too (long|large)/i;

/** Single requests over kept connections. The operator names the address: it is not checked, and proxy variables count for nothing. */
export class EncoderRequests {
  readonly #agent: Agent;

  constructor(private readonly options: EncoderRequestsOptions) {
    const { connections, timeoutMs } = options;
    this.#agent = new Agent({
      connections,
      connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs) },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
  }

  /** The body of a 200. Throws as `statusFailure` and `unusable` say, and what undici throws. */
  async send(asked: EncoderRequest, signal: AbortSignal): Promise<Buffer> {
    const { method, url, contentType, body, maxBytes } = asked;
    const { apiKey } = this.options;
    const headers = {
      "accept-encoding": "identity",
      ...(contentType === null ? {} : { "content-type": contentType }),
      ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
    };
    const response = await request(url, { dispatcher: this.#agent, method, headers, body, signal });
    if (response.statusCode !== 200) throw await this.#failure(response, asked.mayBeQuoted);
    const whole = await readUpTo(response.body, maxBytes);
    if (whole === null) throw unusable(`answered with more than ${maxBytes} bytes`);
    return whole;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #failure({ statusCode, headers, body }: Dispatcher.ResponseData, mayBeQuoted: boolean): Promise<Error> {
    const bytes = await readUpTo(body, MAX_WORDS_BYTES).catch(() => null);
    const words = this.#wordsOf(bytes);
    // What is said of a wrong key may hold parts of it.
    const told = mayBeQuoted && statusCode !== 401 && statusCode !== 403 ? words.slice(0, SHOWN_WORDS) : "";
    const isForLength = statusCode === CONTENT_TOO_LARGE || SPEAKS_OF_LENGTH.test(words);
    return statusFailure(new RemoteWords(statusCode, told, isForLength), headers["retry-after"]);
  }

  #wordsOf(bytes: Buffer | null): string {
    const words = (bytes?.toString("utf8") ?? "").replaceAll(/\p{C}+/gu, " ");
    const { apiKey } = this.options;
    return apiKey === null ? words : words.replaceAll(apiKey, "…");
  }
}

/** Null: it is longer. */
async function readUpTo(body: Dispatcher.ResponseData["body"], maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
