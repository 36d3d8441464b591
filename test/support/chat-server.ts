import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the chat completions API has it. */
export interface ChatCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly messages: readonly {
      readonly role: string;
      readonly content: string | readonly { type: string; text?: string; image_url?: { url: string } }[];
    }[];
    readonly [option: string]: unknown;
  };
}

/** The server's side of one answer. */
export class Talk {
  constructor(readonly response: ServerResponse) {}

  /** Sends pieces of the answer. */
  say(...pieces: string[]): this {
    for (const content of pieces) this.event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    return this;
  }

  /** Ends the answer as servers do: the reason, what it took, the mark of the end. */
  end(finish_reason = "stop", usage: object | null = { prompt_tokens: 11, completion_tokens: 7 }): void {
    this.event({ choices: [{ index: 0, delta: {}, finish_reason }] });
    if (usage !== null) this.event({ choices: [], usage });
    this.raw("data: [DONE]\n\n");
    this.response.end();
  }

  event(data: object): this {
    return this.raw(`data: ${JSON.stringify(data)}\n\n`);
  }

  raw(text: string): this {
    if (!this.response.headersSent) this.response.writeHead(200, { "content-type": "text/event-stream" });
    this.response.write(text);
    return this;
  }

  fail(status: number, error: object = { message: "no" }, headers: Record<string, string> = {}): void {
    this.response.writeHead(status, { "content-type": "application/json", ...headers });
    this.response.end(JSON.stringify({ error }));
  }
}

export interface ChatServer {
  /** What LLM_BASE_URL is set to. */
  readonly baseUrl: string;
  readonly calls: readonly ChatCall[];
  /** Answers under way. */
  readonly underWay: number;
  /** Whose clients hung up before the end. */
  readonly hungUp: number;
  /** How the next calls are answered. */
  answer: (talk: Talk, call: ChatCall) => unknown;
  stop(): Promise<void>;
}

/** A server of chat completions on a socket of its own, which says what a test wants. */
export async function startChatServer(
  answer: ChatServer["answer"] = (talk) => talk.say("Yes [1].").end(),
): Promise<ChatServer> {
  const calls: ChatCall[] = [];
  let [underWay, hungUp] = [0, 0];
  const server = createServer(async (request, response) => {
    underWay++;
    response.once("close", () => {
      underWay--;
      if (!response.writableFinished) hungUp++;
    });
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = JSON.parse(Buffer.concat(pieces).toString()) as ChatCall["body"];
    const call = { path: request.url!, headers: request.headers, body };
    calls.push(call);
    chat.answer(new Talk(response), call);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  const chat: ChatServer = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    answer,
    stop,
    get underWay() {
      return underWay;
    },
    get hungUp() {
      return hungUp;
    },
  };
  return chat;
}
