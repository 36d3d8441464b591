import { errors, request, type Agent, type Dispatcher } from "undici";
import { AppError } from "../../errors";
import { keptConnections } from "../../requests/kept-connections";
import { readUpTo } from "../../requests/read-up-to";
import { PASSING_STATUSES } from "../../retries/passing-statuses";
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

/** Single requests to one server. */
export class RerankRequests {
  readonly #agent: Agent;

  constructor(private readonly options: RerankRequestsOptions) {
    this.#agent = keptConnections({ connections: CONNECTIONS, timeoutMs: options.timeoutMs });
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
      const whole = await readUpTo(response.body, maxBytes);
      if (whole === null) throw rerankFailed(`answered with more than ${maxBytes} bytes`);
      return whole;
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
  if (PASSING_STATUSES.has(status)) {
    const why = status === 429 ? "is asked too often at present" : `cannot answer at present (status ${status})`;
    return new TryAgain(rerankFailed(why), retryAfterMs(headers["retry-after"], Date.now()));
  }
  if (status === 401 || status === 403) return rerankFailed("refuses the key. The operator has to set RERANK_API_KEY");
  if (status === 404 || (status >= 300 && status < 400))
    return rerankFailed("is not there. The operator has to set RERANK_MODEL and RERANK_MODEL_NAME");
  return rerankFailed(`does not take the request (status ${status})`);
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
