import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { RemoteReranker, type RemoteRerankerOptions } from "../../../src/rerankers/remote/remote-reranker";
import { answerWell, resultsOf, send, startRerankServer, type RerankServer } from "../../support/rerank-server";
import { silent } from "../../support/models";
import { NEVER, texts } from "../../support/rerankers";

const KEY = "a-secret-key";
let server: RerankServer;
let reranker: RemoteReranker;
beforeEach(async () => {
  server = await startRerankServer();
  reranker = open();
});
afterEach(async () => {
  await reranker.close();
  await server.stop();
});

const open = (options: Partial<RemoteRerankerOptions> = {}): RemoteReranker =>
  new RemoteReranker({
    address: server.address,
    name: "jina-reranker-v2",
    apiKey: KEY,
    timeoutMs: 3_000,
    takesPictures: false,
    maxTokens: 512,
    log: silent,
    ...options,
  });

const score = () => reranker.score("a red cat", texts("a dog", "a red cat"), NEVER);
const failure = (why: RegExp) => ({ code: "RERANK_FAILED", message: expect.stringMatching(why) });

it("asks as Jina and Cohere want to be asked", async () => {
  const [dog, cat] = await score();
  expect(cat).toBeGreaterThan(dog!);
  const [call] = server.calls;
  expect(call!.path).toBe("/v1/rerank");
  expect(call!.headers).toMatchObject({ authorization: `Bearer ${KEY}`, "content-type": "application/json" });
  expect(call!.body).toEqual({
    model: "jina-reranker-v2",
    query: "a red cat",
    documents: ["a dog", "a red cat"],
    top_n: 2,
    return_documents: false,
  });
});

it("sends no more of a text than a model can read", async () => {
  await reranker.score("q".repeat(100_000), texts("a 😀".repeat(50_000)), NEVER);
  const { query, documents } = server.calls[0]!.body;
  expect(query).toHaveLength(16_384);
  expect(String(documents[0])).toHaveLength(16_384);
  expect(String(documents[0]).isWellFormed()).toBe(true);
});

it.each([429, 500, 502, 503])("asks again after a status %i, not before it was told to", async (status) => {
  let asked = 0;
  const startedMs = performance.now();
  server.answer = (response, call) =>
    asked++ === 0 ? send(response, "busy", status, { "retry-after": "1" }) : answerWell(response, call);
  expect(await score()).toHaveLength(2);
  expect(performance.now() - startedMs).toBeGreaterThan(990);
});

it("gives up after some tries, and at once where waiting takes longer than there is time", async () => {
  server.answer = (response) => send(response, "down", 503);
  await expect(score()).rejects.toMatchObject(failure(/cannot answer at present \(status 503\)/));
  expect(server.calls).toHaveLength(3);
  server.answer = (response) => send(response, "busy", 429, { "retry-after": "60" });
  await expect(score()).rejects.toMatchObject(failure(/asked too often/));
  expect(server.calls).toHaveLength(4);
});

it("asks again after a connection that breaks off, in the middle of an answer too", async () => {
  let asked = 0;
  server.answer = (response, call) => {
    asked++;
    if (asked === 1) return response.destroy();
    if (asked > 2) return answerWell(response, call);
    response.writeHead(200, { "content-length": "1000" });
    response.write('{"results": [');
    return setTimeout(() => response.destroy(), 20);
  };
  expect(await score()).toHaveLength(2);
  expect(asked).toBe(3);
});

it.each([
  ["refuses the key", /RERANK_API_KEY/, 401],
  ["is not there", /RERANK_MODEL/, 404],
  ["moved", /RERANK_MODEL/, 302],
  ["does not take it", /status 422/, 422],
])("does not ask again a server that %s", async (_, why, status) => {
  server.answer = (response) => send(response, `quotes ${KEY}`, status, { location: "http://127.0.0.1:1/elsewhere" });
  await expect(score()).rejects.toMatchObject(failure(why));
  expect(server.calls).toHaveLength(1);
});

it.each([
  ["too few scores", (results: object[]) => results.slice(1), /1 scores for 2/],
  ["no scores", () => ({}), /without a list/],
  [
    "numbers that are none",
    (results: object[]) => results.map((one) => ({ ...one, relevance_score: null })),
    /no number/,
  ],
])("fails on %s", async (_, change, why) => {
  server.answer = (response, call) => send(response, change(resultsOf(call)));
  await expect(score()).rejects.toMatchObject(failure(why));
});

it("reads no answer without end", async () => {
  server.answer = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      while (response.writable && response.write(" ".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  };
  await expect(score()).rejects.toMatchObject(failure(/more than \d+ bytes/));
});

it("waits no longer than its time for a server that says nothing, or trickles", async () => {
  await reranker.close();
  reranker = open({ timeoutMs: 300 });
  server.answer = () => undefined;
  const startedMs = performance.now();
  await expect(score()).rejects.toMatchObject({ code: "RERANK_FAILED" });
  server.answer = (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(timer));
  };
  const trickled = reranker.score("a", texts("b"), AbortSignal.timeout(5_000));
  await expect(trickled).rejects.toMatchObject(failure(/took longer than 300 ms/));
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});

it("hangs up when nobody waits any more, and throws the signal's reason", async () => {
  server.answer = () => undefined;
  const aborting = new AbortController();
  const reason = new Error("gone");
  const scoring = reranker.score("a", texts("b"), aborting.signal);
  setTimeout(() => aborting.abort(reason), 50);
  await expect(scoring).rejects.toBe(reason);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.hungUp).toBe(1);
});

it("says where nobody listens, and never what was asked or the key", async () => {
  const lines: string[] = [];
  const log = pino({ level: "debug" }, { write: (line) => void lines.push(line) });
  const other = createServer();
  await new Promise<void>((ready) => other.listen(0, "127.0.0.1", ready));
  const { port } = other.address() as AddressInfo;
  await new Promise((closed) => other.close(closed));
  await reranker.close();
  reranker = open({ address: `http://127.0.0.1:${port}/v1`, log });
  await expect(score()).rejects.toMatchObject(failure(/could not be reached/));
  expect(lines.join("")).toContain("could not be reached");
  expect(lines.join("")).not.toMatch(new RegExp(`${KEY}|red cat`));
});
