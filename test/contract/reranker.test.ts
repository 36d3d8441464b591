import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RemoteReranker } from "../../src/rerankers/remote/remote-reranker";
import { startRerankServer } from "../support/rerank-server";
import { silent } from "../support/models";
import { NEVER, RERANKERS, rerankerFolder, startTestReranker, texts } from "../support/rerankers";
import { rerankerContract } from "./reranker.suite";

describe.each(RERANKERS)("the cross-encoder %s", (name) => {
  rerankerContract(() => startTestReranker(rerankerFolder(name)));
});

describe("a server of /v1/rerank", () => {
  rerankerContract(async () => {
    const server = await startRerankServer();
    const { address } = server;
    const options = {
      address,
      name: "stub",
      apiKey: null,
      timeoutMs: 20_000,
      takesPictures: false,
      maxTokens: 512,
      log: silent,
    };
    const reranker = new RemoteReranker(options);
    const close = () => reranker.close().finally(() => server.stop());
    return { name: reranker.name, takesPictures: false, score: (...given) => reranker.score(...given), close };
  });
});

interface Reference {
  readonly maxTokens: number;
  readonly queries: readonly string[];
  readonly texts: readonly string[];
  readonly logits: readonly (readonly number[])[];
}

describe.each(RERANKERS)("the cross-encoder %s beside its reference", (name) => {
  const path = join(rerankerFolder(name), "reference.json");
  const { maxTokens, queries, texts: given, logits } = JSON.parse(readFileSync(path, "utf8")) as Reference;
  let reranker: Awaited<ReturnType<typeof startTestReranker>>;
  beforeAll(async () => void (reranker = await startTestReranker(rerankerFolder(name), { maxTokens })));
  afterAll(() => reranker.close());

  /** The logit of a score. */
  const unlike = (scores: readonly number[], wanted: readonly number[]) =>
    scores.flatMap((score, i) => {
      const apart = Math.abs(Math.log(score / (1 - score)) - wanted[i]!);
      return apart <= 1e-4 ? [] : [`${JSON.stringify(given[i]!.slice(0, 40))}: ${apart}`];
    });

  it.each(queries.map((query, i) => [query.slice(0, 30), i] as const))("agrees on %s", async (_, i) => {
    expect(unlike(await reranker.score(queries[i]!, texts(...given), NEVER), logits[i]!)).toEqual([]);
  });

  it("agrees on texts one by one", async () => {
    const scores: number[] = [];
    for (const text of given) scores.push(...(await reranker.score(queries[0]!, texts(text), NEVER)));
    expect(unlike(scores, logits[0]!)).toEqual([]);
  });
});
