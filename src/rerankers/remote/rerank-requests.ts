import { Agent, errors, request, type Dispatcher } from "undici";
import { AppError } from "../../errors";
import { retryAfterMs } from "../../retries/retry-after";
import { TryAgain } from "../../retries/try-again";
import { rerankFailed } from "../rerank-failed";

export interface RerankRequestsOptions {
  /** What takes the POST: "https://api.jina.ai/v1/rerank". */
  readonly url: URL;
  /** Sent as a bearer token; null: none. */
  readonly apiKey: string | null;
  /** How long nothing may come. */
  readonly timeoutMs: number;
}

const CONNECTIONS = 16;
const CONNECT_TIMEOUT_MS = 10_000;
/** Shorter than servers keep a connection, so that it is not closed just as it is used again. */
const KEEP_ALIVE_MS = 4_000;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Single requests over kept connections. The operator names the address: it is not checked, and proxy variables count for nothing. */
export class RerankRequests {
  /** One of our own: it follows no redirect with the key. */
  readonly #agent: Agent;

  constructor(private readonly options: RerankRequestsOptions) {
    const { timeoutMs } = options;
    this.#agent = new Agent({
      connections: CONNECTIONS,
      connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs) },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
  }

  /** The body of a 200 of at most so many bytes. Throws TryAgain for what may pass, else RERANK_FAILED; nothing that the server said is told. */
  async send(body: string, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
    const { url, apiKey } = this.options;
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      "accept-encoding": "identity",
      ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
    };
    try {
      const response = await request(url, { dispatcher: this.#agent, method: "POST", headers, body, signal });
      if (response.statusCode !== 200) throw failureOf(response);
      return await readUpTo(response.body, maxBytes);
    } catch (thrown) {
      signal.throwIfAborted();
      throw toFailure(thrown);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

function failureOf({ statusCode: status, headers, body }: Dispatcher.ResponseData): Error {
  body.on("error", () => undefined).destroy();
  if (PASSING.has(status)) {
    const why = status === 429 ? "is asked too often at present" : `cannot answer at present (status ${status})`;
    return new TryAgain(rerankFailed(why), retryAfterMs(headers["retry-after"], Date.now()));
  }
  if (status === 401 || status === 403) return rerankFailed("refuses the key. The operator has to set RERANK_API_KEY");
  if (status === 404 || (status >= 300 && status < 400))
    return rerankFailed("is not there. The operator has to set RERANK_MODEL and RERANK_MODEL_NAME");
  return rerankFailed(`does not take the request (status ${status})`);
}

async function readUpTo(body: Dispatcher.ResponseData["body"], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw rerankFailed(`answered with more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toFailure(thrown: unknown): Error {
  if (thrown instanceof AppError || thrown instanceof TryAgain) return thrown;
  const { code } = Object(thrown) as { code?: unknown };
  if (/CERT|^UNABLE_TO_/.test(String(code))) return rerankFailed("has no valid certificate", thrown);
  const isSilent = thrown instanceof errors.HeadersTimeoutError || thrown instanceof errors.BodyTimeoutError;
  return new TryAgain(
    rerankFailed(isSilent ? "said nothing for too long" : "could not be reached, or broke off", thrown),
  );
}
