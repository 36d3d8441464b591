import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as Jina and Cohere have it. */
export interface RerankCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly query: string;
    readonly documents: readonly (string | { readonly text?: string; readonly image?: string })[];
    readonly [option: string]: unknown;
  };
}

export type Result = { readonly index: unknown; readonly relevance_score: unknown };

export interface RerankServer {
  /** What RERANK_MODEL is set to. */
  readonly address: string;
  readonly calls: readonly RerankCall[];
  /** Requests whose clients hung up before they were answered. */
  readonly hungUp: number;
  /** How the next calls are answered. */
  answer: (response: ServerResponse, call: RerankCall) => unknown;
  stop(): Promise<void>;
}

/** A score that follows from the words alone: how many of the query's they share, and a little for what they are. */
export function scoreOf(query: string, text: string): number {
  const words = new Set(text.toLowerCase().split(/\W+/));
  const shared = query
    .toLowerCase()
    .split(/\W+/)
    .filter((word) => words.has(word)).length;
  const own = [...text].reduce((sum, letter) => (31 * sum + letter.codePointAt(0)!) % 9_973, 7);
  return (shared + own / 10_000) / (query.length + 1);
}

export const textOf = (document: RerankCall["body"]["documents"][number]): string =>
  typeof document === "string" ? document : (document.text ?? `picture ${document.image?.length}`);

export const resultsOf = ({ body: { query, documents } }: RerankCall): Result[] =>
  documents.map((document, index) => ({ index, relevance_score: scoreOf(query, textOf(document)) }));

export function send(
  response: ServerResponse,
  results: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify({ model: "stub", results, usage: { total_tokens: 1 } }));
}

/** Best first, as servers answer. */
export const answerWell: RerankServer["answer"] = (response, call) =>
  send(
    response,
    resultsOf(call).sort((a, b) => Number(b.relevance_score) - Number(a.relevance_score)),
  );

/** A server of /v1/rerank on a socket of its own, which answers as a test wants. */
export async function startRerankServer(answer = answerWell): Promise<RerankServer> {
  const calls: RerankCall[] = [];
  let hungUp = 0;
  const server = createServer(async (request, response) => {
    response.once("close", () => void (response.writableFinished || hungUp++));
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = JSON.parse(Buffer.concat(pieces).toString()) as RerankCall["body"];
    const call = { path: request.url!, headers: request.headers, body };
    calls.push(call);
    stub.answer(response, call);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  const stub: RerankServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    answer,
    stop,
    get hungUp() {
      return hungUp;
    },
  };
  return stub;
}
