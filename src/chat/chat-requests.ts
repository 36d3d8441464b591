import { Agent, request, type Dispatcher } from "undici";
import { retryAfterMs } from "../retry-after";
import type { ChatRequest } from "../ports/chat-model";
import { chatBody, type Dialect } from "./chat-body";
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
const OTHER_DIALECT = /\b(max_tokens|temperature)\b/;

/** Single requests to a server of chat completions, in the dialect that its model was found to take. */
export class ChatRequests {
  /** One of our own: it knows nothing of proxy variables, and follows no redirect with the key. */
  readonly #agent: Agent;
  #dialect: Dialect = "plain";

  constructor(private readonly options: ChatRequestOptions) {
    const { idleTimeoutMs } = options;
    const connectTimeout = Math.min(idleTimeoutMs, MAX_CONNECT_MS);
    this.#agent = new Agent({ connectTimeout, headersTimeout: idleTimeoutMs, bodyTimeout: idleTimeoutMs });
  }

  /** The stream that answers. Throws a ChatFailure for any other answer, and as undici does. */
  async ask(asked: ChatRequest, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.#send(asked, this.#dialect, signal);
    if (response.statusCode === 200) return streamOf(response);
    const failure = failureOfStatus(response.statusCode, retryAfterMs(response.headers["retry-after"], Date.now()));
    const fault = await headOf(response.body);
    if (response.statusCode !== 400 || this.#dialect !== "plain" || !OTHER_DIALECT.test(fault)) throw failure;
    // Also said where a prompt is too long: the other dialect is kept only where it is understood.
    const again = await this.#send(asked, "thinking", signal);
    if (again.statusCode !== 200) {
      await headOf(again.body);
      throw failure;
    }
    this.#dialect = "thinking";
    return streamOf(again);
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #send(asked: ChatRequest, dialect: Dialect, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
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
      body: chatBody(model, asked, dialect),
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
