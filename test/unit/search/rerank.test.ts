import { given, type SparseDocument } from "../../../src/documents/sparse-document";
import { AppError } from "../../../src/errors";
import type { RerankContent, Reranker } from "../../../src/ports/reranker";
import { calibrationOf, EMPTY_COLLECTION } from "../../../src/search/ranking/calibration";
import type { RerankStage } from "../../../src/search/rerank";
import { imageDocument, textDocument } from "../../support/documents";
import { GappedVectors } from "../../support/gapped-vectors";
import { MemorySearch } from "../../support/memory-search";

const vectors = new GappedVectors(11);
const calibration = calibrationOf(vectors.model(), EMPTY_COLLECTION);
const [topic, other] = [vectors.topic(), vectors.topic()];
const query = vectors.about(topic, "text");
const mix = (share: number) => topic.map((value, i) => share * value + (1 - share) * other[i]!);
const text = (name: string, share: number, metadata = {}) =>
  textDocument(name, { key: name, metadata, vector: vectors.about(mix(share), "text") });
const picture = (name: string, share: number, caption: string | null = null) =>
  imageDocument(name, { key: name, caption, vector: vectors.about(mix(share), "image") });
const DELETED = picture("deleted", 0).document.contentHash;

/** Gives a text the number that it ends with, a picture 0.5; what it was asked is kept. */
class ByNumber implements Reranker {
  readonly name = "by number";
  readonly asked: { query: string; documents: readonly RerankContent[] }[] = [];
  work: (scores: number[], signal: AbortSignal) => Promise<number[]> = async (scores) => scores;

  constructor(readonly takesPictures = false) {}

  score(asked: string, documents: readonly RerankContent[], signal: AbortSignal): Promise<number[]> {
    this.asked.push({ query: asked, documents });
    const numbers = documents.map((one) => (one.kind === "image" ? 0.5 : Number(/\d+$/.exec(one.text)?.[0] ?? 0)));
    return this.work(numbers, signal);
  }

  async close(): Promise<void> {}
}

const stageOf = (reranker: Reranker, timeoutMs = 10_000): RerankStage => ({
  reranker,
  timeoutMs,
  readPicture: async (one) =>
    one.contentHash === DELETED ? null : { mediaType: "image/jpeg", bytes: Buffer.from("jpeg") },
});

let reranker: ByNumber;
let search: MemorySearch;
beforeEach(() => open(new ByNumber()));

function open(one: ByNumber, timeoutMs?: number): void {
  reranker = one;
  search = new MemorySearch(query, calibration, stageOf(one, timeoutMs));
}

const rerank = { candidates: 50 };
const keysOf = (hits: readonly { document: SparseDocument }[]) => hits.map(({ document }) => given(document.key));
/** Twelve texts, the best for the model first and the best for the reranker last, and pictures among them. */
const mixed = () => [
  ...Array.from({ length: 12 }, (_, i) => text(`t ${i}`, 0.95 - i / 20)),
  ...Array.from({ length: 4 }, (_, i) => picture(`p ${i}`, 0.9 - i / 6)),
];

describe("texts among pictures", () => {
  it("change places with each other, while pictures without words and all scores stay where they were", async () => {
    await search.add(...mixed());
    const plain = await search.page({ first: 16 });
    const { hits, rerank: report, timings } = await search.page({ first: 16, rerank });
    expect(hits.map(({ score }) => score)).toEqual(plain.hits.map(({ score }) => score));
    const isPicture = (key: string | null) => key!.startsWith("p");
    expect(keysOf(hits).map((key) => (isPicture(key) ? key : "t"))).toEqual(
      keysOf(plain.hits).map((key) => (isPicture(key) ? key : "t")),
    );
    const texts = keysOf(hits).filter((key) => !isPicture(key));
    expect(texts).toEqual(Array.from({ length: 12 }, (_, i) => `t ${11 - i}`));
    expect(report).toEqual({ model: "by number", status: "applied", reason: null, read: 12 });
    expect(timings.rerankMs).toBeGreaterThan(0);
    expect(plain).toMatchObject({ rerank: null, timings: { rerankMs: 0 } });
  });

  it("tell what the reranker gave them and what they had before", async () => {
    await search.add(...mixed());
    const before = new Map((await search.page({ first: 16 })).hits.map((hit) => [hit.document.key, hit.score]));
    const { hits } = await search.page({ first: 16, rerank });
    for (const hit of hits) {
      const { rerankScore, firstScore } = await hit.explain();
      const key = hit.document.key!;
      const isText = key.startsWith("t");
      expect([rerankScore, firstScore]).toEqual(isText ? [Number(key.slice(2)), before.get(key)] : [null, null]);
    }
  });

  it("are as many as were asked for; those behind keep their places", async () => {
    await search.add(...Array.from({ length: 30 }, (_, i) => text(`t ${i}`, 0.95 - i / 50)));
    const hits = await search.all({ rerank: { candidates: 10 }, first: 7 });
    expect(keysOf(hits)).toEqual(Array.from({ length: 30 }, (_, i) => `t ${i < 10 ? 9 - i : i}`));
    expect(reranker.asked.map(({ documents }) => documents.length)).toEqual([10]);
  });

  it("keep the first order where the reranker finds them alike", async () => {
    await search.add(...mixed());
    reranker.work = async (scores) => scores.map(() => 0.5);
    expect(keysOf((await search.page({ first: 16, rerank })).hits)).toEqual(
      keysOf((await search.page({ first: 16 })).hits),
    );
  });
});

describe("pictures", () => {
  it("are read by their captions, on one scale with texts", async () => {
    await search.add(text("t 1", 0.9), text("t 2", 0.8), picture("p", 0.3, "seen from 9"), picture("q", 0.35));
    expect(keysOf((await search.page({ rerank })).hits)[0]).toBe("p");
    expect(reranker.asked[0]!.documents).toHaveLength(3);
  });

  it("are seen by a reranker that takes them, and left where they are when they were deleted meanwhile", async () => {
    open(new ByNumber(true));
    await search.add(text("t 0", 0.9), picture("p", 0.3, "9"), picture("deleted", 0.2));
    expect(keysOf((await search.page({ rerank })).hits)[0]).toBe("p");
    expect(reranker.asked[0]!.documents.map(({ kind }) => kind).sort()).toEqual(["image", "text"]);
  });

  it("alone and without words are nothing to read", async () => {
    await search.add(picture("p", 0.9), picture("q", 0.8));
    const { hits, rerank: report } = await search.page({ rerank });
    expect(keysOf(hits)).toEqual(["p", "q"]);
    expect(report).toMatchObject({ status: "nothing", read: 0 });
    expect(reranker.asked).toEqual([]);
  });
});

describe("a reranker that", () => {
  const firstOrder = async () => keysOf((await search.page({ first: 16 })).hits);

  it("is late leaves the first order, whether it heeds the signal or not", async () => {
    for (const heeds of [true, false]) {
      open(new ByNumber(), 40);
      await search.add(...mixed());
      let aborted = false;
      reranker.work = (scores, signal) =>
        new Promise((resolve, reject) => {
          const done = setTimeout(() => resolve(scores), 300);
          signal.addEventListener("abort", () => {
            aborted = true;
            clearTimeout(done);
            if (heeds) reject(signal.reason as Error);
          });
        });
      const { hits, rerank: report } = await search.page({ first: 16, rerank });
      expect(keysOf(hits)).toEqual(await firstOrder());
      expect(report).toEqual({
        model: "by number",
        status: "late",
        reason: "The reranker took longer than 40 ms.",
        read: 0,
      });
      expect(aborted).toBe(true);
    }
  });

  it("fails leaves the first order and says why, without words of its own", async () => {
    await search.add(...mixed());
    reranker.work = async () => {
      throw new AppError("RERANK_FAILED", "The reranker refuses the key.");
    };
    const failed = await search.page({ first: 16, rerank });
    expect(keysOf(failed.hits)).toEqual(await firstOrder());
    expect(failed.rerank).toMatchObject({ status: "failed", reason: "The reranker refuses the key." });
    reranker.work = async () => {
      throw new TypeError("secrets");
    };
    const { rerank: report } = await search.page({ rerank });
    expect(report).toMatchObject({ status: "failed", reason: "The reranker failed unexpectedly." });
  });

  it("failed for the first page is not asked for the next ones", async () => {
    await search.add(...mixed());
    reranker.work = async () => {
      throw new AppError("RERANK_FAILED", "It failed.");
    };
    const { hits } = await search.page({ first: 4, rerank });
    reranker.work = async (scores) => scores;
    const next = await search.page({ first: 12, rerank, after: hits.at(-1)!.position() });
    expect([...keysOf(hits), ...keysOf(next.hits)]).toEqual(await firstOrder());
    expect(next.rerank).toMatchObject({ status: "failed" });
    expect(reranker.asked).toHaveLength(1);
  });
});

describe("pages", () => {
  it.each([
    ["of a plain search", {}],
    ["with a threshold", { minScore: -0.5 }],
    ["with groups", { groupBy: { metadataKey: "group", size: 2 } }],
    ["of another ranking", { ranking: "rrf" }],
    ["with keywords", { keywords: "word" }],
  ] as const)("%s show the reranked list once and whole, asking once", async (_, request) => {
    const texts = Array.from({ length: 40 }, (__, i) => text(`word ${i}`, 0.95 - i / 60, { group: i % 9 }));
    await search.add(...texts, ...Array.from({ length: 20 }, (__, i) => picture(`p ${i}`, 0.8 - i / 40)));
    const whole = await search.all({ ...request, rerank: { candidates: 30 }, first: 60 });
    expect(reranker.asked).toHaveLength(1);
    for (const first of [1, 7]) {
      const pages = await search.all({ ...request, rerank: { candidates: 30 }, first });
      expect(keysOf(pages)).toEqual(keysOf(whole));
      expect(pages.map(({ rank }) => rank)).toEqual(pages.map((__, i) => i + 1));
    }
    expect(reranker.asked).toHaveLength(3);
  });

  it("with diversity show every hit once, the reranker's best first", async () => {
    await search.add(...Array.from({ length: 40 }, (_, i) => text(`t ${i}`, 0.95 - i / 60)));
    const pages = await search.all({ diversity: 0.1, rerank: { candidates: 30 }, first: 7 });
    expect(keysOf(pages)[0]).toBe("t 29");
    expect(new Set(keysOf(pages)).size).toBe(40);
    expect(reranker.asked).toHaveLength(1);
  });

  it("go on where the ranking is not kept any more, by asking again", async () => {
    await search.add(...mixed());
    const whole = await search.all({ rerank, first: 16 });
    const pages = await search.all({ rerank, first: 5 }, async () => search.restart());
    expect(keysOf(pages)).toEqual(keysOf(whole));
    expect(reranker.asked).toHaveLength(5);
  });

  it("expire where the ranking is not kept any more and comes out otherwise", async () => {
    await search.add(...mixed());
    const { hits } = await search.page({ rerank, first: 5 });
    search.restart();
    reranker.work = async () => {
      throw new AppError("RERANK_FAILED", "It failed.");
    };
    const next = search.page({ rerank, first: 5, after: hits.at(-1)!.position() });
    await expect(next).rejects.toMatchObject({ code: "CURSOR_EXPIRED" });
  });
});

describe("what else a search asks for", () => {
  it("holds of the first scores: nothing below a threshold comes up, nor what chance explains", async () => {
    const strangers = vectors
      .strangers("text", 60)
      .map((vector, i) => textDocument(`stranger ${900 + i}`, { key: `stranger ${900 + i}`, vector }));
    await search.add(...mixed(), ...strangers);
    const plain = await search.page({ first: 100, relevantOnly: true });
    const relevant = await search.page({ first: 100, relevantOnly: true, rerank });
    expect(keysOf(relevant.hits).sort()).toEqual(keysOf(plain.hits).sort());
    const minScore = plain.hits[5]!.score;
    const above = await search.page({ first: 100, minScore, rerank });
    expect(keysOf(above.hits).sort()).toEqual(keysOf(plain.hits.slice(0, 6)).sort());
    const read = reranker.asked.flatMap(({ documents }) => documents.map((one) => (one as { text: string }).text));
    expect(read.filter((one) => one.startsWith("stranger") && !keysOf(plain.hits).includes(one))).toEqual([]);
  });

  it("is grouped after it: the best of a group is the reranker's", async () => {
    await search.add(...Array.from({ length: 12 }, (_, i) => text(`t ${i}`, 0.95 - i / 20, { group: i % 3 })));
    const { hits } = await search.page({ rerank, groupBy: { metadataKey: "group", size: 1 } });
    expect(keysOf(hits)).toEqual(["t 11", "t 10", "t 9"]);
  });

  it("reads the store once where one depth is enough", async () => {
    await search.add(...mixed());
    await search.page({ first: 5 });
    const before = search.depths.length;
    await search.page({ first: 5, rerank });
    expect(search.depths.length - before).toBe(before);
  });
});

describe("the words", () => {
  const part = (content: object, weight = 1) => ({ content, weight }) as never;
  const asked = async (parts: readonly object[], keywords: string | null = null) => {
    await search.page({ parts: parts as never, keywords, rerank });
    return reranker.asked.at(-1)!.query;
  };
  const pixels = { kind: "image", pixels: { side: 0, rgb: new Uint8Array() } };

  it("are the texts that a query looks for, else its keywords", async () => {
    await search.add(...mixed());
    expect(await asked([part({ kind: "text", text: "a" }), part({ kind: "text", text: "b" }, 0.5)])).toBe("a\nb");
    expect(await asked([part({ kind: "text", text: "a" }), part({ kind: "text", text: "no" }, -0.5)])).toBe("a");
    expect(await asked([part(pixels)], "t")).toBe("t");
  });

  it("have to be there", async () => {
    const none = search.page({ parts: [part(pixels), part({ kind: "text", text: "no" }, -0.5)], rerank });
    await expect(none).rejects.toMatchObject({ code: "BAD_USER_INPUT", message: expect.stringContaining("words") });
  });
});

it("says what to do where no reranker is configured", async () => {
  search = new MemorySearch(query, calibration);
  await expect(search.page({ rerank })).rejects.toMatchObject({
    code: "RERANK_NOT_CONFIGURED",
    message: expect.stringContaining("RERANK_MODEL"),
  });
});
