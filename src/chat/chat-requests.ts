import { Agent, request, type Dispatcher } from "undici";
import { retryAfterMs } from "../retries/retry-after";
import type { ChatRequest } from "../ports/chat-model";
import { chatBody, REFUSABLE, type Refusable } from "./chat-body";
import { failureOfStatus, notUnderstood } from "./chat-failure";

export interface ChatRequestOptions {
  /** What "/chat/completions" follows: "https://api.openai.com/v1". */
  readonly baseUrl: string;
  readonly model: string;
  /** Null: none is asked for. */
  readonly apiKey: string | null;
  /** How long the server may say nothing. */
  readonly idleTimeoutMs: number;
}

const MAX_CONNECT_MS = 10_000;
/** Of an answer that is no success, to learn what it is about. */
const MAX_FAULT_BYTES = 65_536;

/** Single requests to a server of chat completions, without what it was found to refuse. */
export class ChatRequests {
  /** One of our own: it knows nothing of proxy variables, and follows no redirect with the key. */
  readonly #agent: Agent;
  #refused: ReadonlySet<Refusable> = new Set();

  constructor(private readonly options: ChatRequestOptions) {
    const { idleTimeoutMs } = options;
    const connectTimeout = Math.min(idleTimeoutMs, MAX_CONNECT_MS);
    this.#agent = new Agent({ connectTimeout, headersTimeout: idleTimeoutMs, bodyTimeout: idleTimeoutMs });
  }

  /** The stream that answers. Throws a ChatFailure for any other answer, and as undici does. */
  async ask(asked: ChatRequest, signal: AbortSignal, refused = this.#refused): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.#send(asked, refused, signal);
    const { statusCode, headers, body } = response;
    if (statusCode === 200) {
      // Only now: a prompt that is too long is refused in the same words, whatever is left out.
      this.#refused = refused;
      return streamOf(response);
    }
    const fault = await headOf(body);
    const more = REFUSABLE.filter((name) => fault.includes(name) && !refused.has(name));
    if ((statusCode === 400 || statusCode === 422) && more.length > 0) {
      return this.ask(asked, signal, new Set([...refused, ...more]));
    }
    throw failureOfStatus(statusCode, retryAfterMs(headers["retry-after"], Date.now()));
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #send(asked: ChatRequest, refused: ReadonlySet<Refusable>, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { baseUrl, model, apiKey } = this.options;
    return request(`${baseUrl}/chat/completions`, {
      dispatcher: this.#agent,
      method: "POST",
      signal,
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: chatBody(model, asked, refused),
    });
  }
}

function streamOf({ headers, body }: Dispatcher.ResponseData): AsyncIterable<Uint8Array> {
  if (/^text\/event-stream\b/i.test(String(headers["content-type"] ?? ""))) return body;
  body.on("error", () => undefined).destroy();
  throw notUnderstood();
}

/** The beginning of a body; "" where it breaks off. */
async function headOf(body: Dispatcher.ResponseData["body"]): Promise<string> {
  let head = "";
  try {
    for await (const piece of body) {
      head += (piece as Buffer).toString("latin1");
      if (head.length > MAX_FAULT_BYTES) break;
    }
  } catch {
    // The status says enough.
  }
  return head;
}
