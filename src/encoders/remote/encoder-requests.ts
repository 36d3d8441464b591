import { request, type Agent, type Dispatcher } from "undici";
import { keptConnections, type KeptConnectionsOptions } from "../../requests/kept-connections";
import { readUpTo } from "../../requests/read-up-to";
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

export interface EncoderRequestsOptions extends KeptConnectionsOptions {
  /** Sent as a bearer token; null: none. */
  readonly apiKey: string | null;
}

const MAX_WORDS_BYTES = 16_384;
const SHOWN_WORDS = 300;
const CONTENT_TOO_LARGE = 413;
/** "maximum context length", "must have less than 512 tokens", "exceeds", "too long". */
const SPEAKS_OF_LENGTH = /token|length|exceed|too (long|large)/i;

/** Single requests to one server. */
export class EncoderRequests {
  readonly #agent: Agent;

  constructor(private readonly options: EncoderRequestsOptions) {
    this.#agent = keptConnections(options);
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
