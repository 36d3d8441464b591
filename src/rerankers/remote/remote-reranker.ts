import type { Log } from "../../log";
import type { RerankContent, Reranker } from "../../ports/reranker";
import { OutOfTime, TimeBudget } from "../../retries/time-budget";
import { withRetries } from "../../retries/with-retries";
import { cutText } from "../cut-text";
import { rerankFailed } from "../rerank-failed";
import { readScores } from "./read-scores";
import { rerankBody } from "./rerank-body";
import { RerankRequests, type RerankRequestsOptions } from "./rerank-requests";

export interface RemoteRerankerOptions extends Omit<RerankRequestsOptions, "url"> {
  /** An address: of /rerank, or what it follows. */
  readonly address: string;
  /** What the server calls the model. */
  readonly name: string;
  /** Whether the model takes pictures as well. */
  readonly takesPictures: boolean;
  /** About how much of a text is sent: what so many tokens can hold. */
  readonly maxTokens: number;
  readonly log: Log;
}

const RETRIES = 2;
const BYTES_A_SCORE = 1_024;
const BYTES_BESIDE = 65_536;

/**
 * A reranker behind any server that speaks Jina's and Cohere's /v1/rerank: their own, vLLM, Infinity and others. The log has
 * reasons, never what was asked or sent as a key.
 */
export class RemoteReranker implements Reranker {
  readonly name: string;
  readonly takesPictures: boolean;
  readonly #requests: RerankRequests;

  constructor(private readonly options: RemoteRerankerOptions) {
    this.name = options.name;
    this.takesPictures = options.takesPictures;
    this.#requests = new RerankRequests({ ...options, url: rerankUrl(options.address) });
  }

  /** Tried again, within the time, while what it fails with may pass. */
  score(query: string, documents: readonly RerankContent[], signal: AbortSignal): Promise<number[]> {
    const { name, timeoutMs, maxTokens, log } = this.options;
    const cut = documents.map((one) => (one.kind === "text" ? { ...one, text: cutText(one.text, maxTokens) } : one));
    const body = rerankBody(name, cutText(query, maxTokens), cut);
    // Some servers send the documents back, whatever they are asked.
    const maxBytes = BYTES_BESIDE + 2 * body.length + BYTES_A_SCORE * documents.length;
    const budget = new TimeBudget(timeoutMs);
    const attempt = async () => {
      try {
        const send = (late: AbortSignal) => this.#requests.send(body, maxBytes, AbortSignal.any([signal, late]));
        return readScores(await budget.run(send), documents.length);
      } catch (thrown) {
        if (!signal.aborted) log.debug({ reason: (thrown as Error).message }, "A request to the reranker failed");
        throw thrown instanceof OutOfTime ? rerankFailed(`took longer than ${timeoutMs} ms`, thrown) : thrown;
      }
    };
    return withRetries(attempt, { retries: RETRIES, budget, closing: signal }).catch((thrown: unknown) => {
      // What is no search's fault is the operator's to see.
      if (!signal.aborted) log.warn({ reason: (thrown as Error).message }, "The reranker cannot be used");
      throw thrown;
    });
  }

  close(): Promise<void> {
    return this.#requests.close();
  }
}

/** "https://host/v1" and "https://host/v1/rerank" alike. */
export function rerankUrl(address: string): URL {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, "");
  url.pathname = path.endsWith("/rerank") ? path : `${path}/rerank`;
  return url;
}
