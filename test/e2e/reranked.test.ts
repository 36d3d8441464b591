import { pino } from "pino";
import { RerankDocument, SearchDocument, type SearchInput } from "../generated/operations";
import { answerWell, scoreOf, send, startRerankServer, textOf, type RerankServer } from "../support/rerank-server";
import { SearchStage } from "../support/search-stage";
import { rerankerFolder } from "../support/rerankers";
import { startTestServer } from "../support/server";

const KEY = "a-very-secret-key";
const ASKED = "a small dog that bites a stick";
const TEXTS = [
  "A dog with a stick",
  "Puppies and what they chew",
  "a small dog that bites a stick",
  "A cat on a chair",
  "Cats, dogs and other pets",
  "A stick",
];
const OUTCOME = `query ($input: SearchInput!, $after: String, $first: Int) {
  search(input: $input, after: $after, first: $first) {
    nodes { ... on RankedHit { score document { id modality } explanation { rerankScore firstScore } } }
    pageInfo { endCursor hasNextPage }
    rerank { model status reason read }
    timings { rerankMs }
  }
}`;

interface Outcome {
  readonly search: {
    readonly nodes: readonly {
      readonly score: number;
      readonly document: { readonly id: string; readonly modality: string };
      readonly explanation: { readonly rerankScore: number | null; readonly firstScore: number | null };
    }[];
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    readonly rerank: {
      readonly model: string;
      readonly status: string;
      readonly reason: string | null;
      readonly read: number;
    };
    readonly timings: { readonly rerankMs: number };
  };
}

const input: SearchInput = { parts: [{ content: { text: ASKED } }], rerank: { candidates: 30 } };

describe("a server of /v1/rerank", () => {
  let reranking: RerankServer;
  const stage = new SearchStage(true);
  let ids: string[];

  beforeAll(async () => {
    reranking = await startRerankServer();
    await stage.start({
      RERANK_MODEL: reranking.address,
      RERANK_MODEL_NAME: "jina-reranker-m0",
      RERANK_API_KEY: KEY,
      RERANK_PICTURES: "yes",
      RERANK_TIMEOUT_MS: "1500",
    });
    ids = await stage.addTexts(TEXTS.map((text) => ({ text })));
    await stage.addPictures(
      stage.drawings.slice(0, 4).map(({ key }, i) => ({ drawing: key, key, caption: i === 0 ? ASKED : null })),
    );
    await stage.restart();
  });
  beforeEach(() => {
    reranking.answer = answerWell;
  });
  afterAll(async () => {
    await stage.stop();
    await reranking.stop();
  });

  const ask = async (variables: object = { input, first: 20 }) => {
    const { data, errors } = await stage.server.ask<Outcome, object>(OUTCOME, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.search;
  };
  const order = ({ nodes }: Outcome["search"]) => nodes.map(({ document }) => document.id);
  const first = async () => order(await ask({ input: { parts: input.parts }, first: 20 }));

  it("puts the hits in its order, pictures that it sees among them", async () => {
    const asked = reranking.calls.length;
    const { nodes, rerank, timings } = await ask();
    const [call] = reranking.calls.slice(asked);
    const kinds = call!.body.documents.map((one) => Object.keys(one as object)[0]);
    expect(kinds.filter((kind) => kind === "image")).toHaveLength(4);
    const jpeg = call!.body.documents.map((one) => (one as { image?: string }).image).find(Boolean)!;
    expect(Buffer.from(jpeg, "base64").subarray(0, 3).toString("hex")).toBe("ffd8ff");
    expect(call!.headers["authorization"]).toBe(`Bearer ${KEY}`);
    const wanted = call!.body.documents.map((one) => scoreOf(ASKED, textOf(one))).sort((a, b) => b - a);
    nodes.forEach(({ explanation }, i) => expect(explanation.rerankScore).toBeCloseTo(wanted[i]!, 9));
    const scores = nodes.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(nodes.map(({ explanation }) => explanation.firstScore).sort((a, b) => b! - a!)).toEqual(scores);
    expect(rerank).toEqual({ model: "jina-reranker-m0", status: "APPLIED", reason: null, read: 10 });
    expect(timings.rerankMs).toBeGreaterThan(0);
    expect(nodes[0]!.document.id).toBe(ids[2]);
  });

  it("goes on with its order on the next page, without asking again", async () => {
    const whole = order(await ask());
    const asked = reranking.calls.length;
    const page = await ask({ input, first: 4 });
    const rest = await ask({ input, first: 10, after: page.pageInfo.endCursor });
    expect([...order(page), ...order(rest)]).toEqual(whole);
    expect(rest).toMatchObject({ rerank: { status: "APPLIED" }, timings: { rerankMs: 0 } });
    expect(reranking.calls).toHaveLength(asked + 1);
  });

  it("leaves the first order where it fails or is late, and says so", async () => {
    const before = await first();
    reranking.answer = (response) => send(response, "no", 401);
    const refused = await ask();
    expect(order(refused)).toEqual(before);
    expect(refused.rerank).toMatchObject({
      status: "FAILED",
      read: 0,
      reason: expect.stringContaining("RERANK_API_KEY"),
    });
    reranking.answer = () => undefined;
    const startedMs = performance.now();
    const late = await ask();
    expect(order(late)).toEqual(before);
    expect(["LATE", "FAILED"]).toContain(late.rerank.status);
    expect(late.rerank.reason).toContain("1500 ms");
    expect(performance.now() - startedMs).toBeGreaterThan(1_400);
    expect(late.nodes.map(({ explanation }) => explanation.rerankScore)).toEqual(before.map(() => null));
  });

  it("answers other searches meanwhile", async () => {
    reranking.answer = () => undefined;
    const waiting = ask();
    let isOver = false;
    const over = waiting.then(() => (isOver = true));
    for (let i = 0; i < 5; i++) await first();
    expect(isOver).toBe(false);
    await over;
  });

  it("rereads searches by words alone, counts what it costs, and says what it cannot do", async () => {
    const text = { text: ASKED, rerank: { candidates: 3 } };
    const { data } = await stage.server.ask(RerankDocument, { text: text.text, candidates: 3 });
    expect(data).toMatchObject({
      rerankModel: "jina-reranker-m0",
      searchByText: { rerank: { status: "APPLIED", read: 3 } },
    });
    const none = { parts: [{ content: { documentId: ids[0]! } }], rerank: { candidates: 3 } };
    expect(await stage.errorOf(none)).toMatchObject({
      code: "BAD_USER_INPUT",
      message: expect.stringContaining("words"),
    });
    for (const candidates of [0, 201, -1])
      expect(await stage.errorOf({ ...input, rerank: { candidates } })).toMatchObject({
        code: "BAD_USER_INPUT",
        message: expect.stringContaining("from 1 to 200"),
      });
    expect(await stage.errorOf({ ...input, rerank: { candidates: 3, model: "another" } })).toEqual({
      code: "RERANK_NOT_CONFIGURED",
      message: expect.stringContaining('rereads with "jina-reranker-m0" and has no "another"'),
    });
    expect((await stage.search({ ...input, rerank: { candidates: 3, model: "jina-reranker-m0" } })).nodes).toHaveLength(
      10,
    );
    const costOf = async (rerank: object | null) => {
      const body = JSON.stringify({
        query: "query ($i: SearchInput!) { search(input: $i) { rerank { read } } }",
        variables: { i: { ...input, rerank } },
        extensions: { cost: true },
      });
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${stage.server.url}/graphql`, { method: "POST", headers, body });
      return ((await answer.json()) as { extensions: { cost: { total: number } } }).extensions.cost.total;
    };
    expect((await costOf({ candidates: 50 })) - (await costOf(null))).toBeCloseTo(500, 6);
  });
});

describe("a cross-encoder of this machine", () => {
  const stage = new SearchStage(true);
  beforeAll(async () => {
    await stage.start({ RERANK_MODEL: rerankerFolder("bert"), RERANK_TIMEOUT_MS: "20000" });
    await stage.addTexts(TEXTS.map((text) => ({ text })));
    await stage.addPictures(stage.drawings.slice(0, 3).map(({ key }) => ({ drawing: key, key })));
    await stage.restart();
  });
  afterAll(() => stage.stop());

  it("puts texts in its order and leaves pictures without words where they are", async () => {
    const before = (await stage.search({ parts: input.parts }, { first: 20 })).nodes;
    const { data } = await stage.server.ask<Outcome, object>(OUTCOME, { input, first: 20 });
    const { nodes, rerank } = data.search;
    expect(rerank).toEqual({ model: "bert", status: "APPLIED", reason: null, read: TEXTS.length });
    const pictures = (hits: readonly { document: { id: string; modality: string } }[]) =>
      hits.map(({ document }) => (document.modality === "IMAGE" ? document.id : null));
    expect(pictures(nodes)).toEqual(before.map(({ document }) => ("text" in document ? null : document.id)));
    const given = nodes.flatMap(({ explanation }) => explanation.rerankScore ?? []);
    expect(given).toEqual([...given].sort((a, b) => b - a));
    expect(given.every((score) => score > 0 && score < 1)).toBe(true);
  });
});

it("answers RERANK_NOT_CONFIGURED where there is none, and does not start with half of one", async () => {
  const server = await startTestServer();
  const { data, errors } = await server.ask(SearchDocument, { input });
  expect(data).toBeNull();
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining("RERANK_MODEL"),
    extensions: { code: "RERANK_NOT_CONFIGURED" },
  });
  const asked = await server.ask<{ rerankModel: string | null }, object>("{ rerankModel }");
  expect(asked.data.rerankModel).toBeNull();
  await server.remove();
  const silent = pino({ level: "silent" });
  const half = startTestServer({ env: { RERANK_MODEL: "https://rerank.example/v1" }, log: silent });
  await expect(half).rejects.toMatchObject({
    code: "INVALID_CONFIGURATION",
    message: expect.stringContaining("RERANK_MODEL_NAME"),
  });
});
