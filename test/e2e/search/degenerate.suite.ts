import type { Vector } from "../../../src/documents/document";
import { normalise } from "../../../src/documents/vector";
import type { SearchInput } from "../../generated/operations";
import { textDocument } from "../../support/documents";
import type { SearchStage } from "../../support/search-stage";

const CAT = { parts: [{ content: { text: "a red cat" } }] } satisfies SearchInput;
const MANY = 2_000;
const mixed = (a: Vector, b: Vector): Vector => normalise(a.map((value, i) => 2 * value + b[i]!));

/** What search makes of collections that are empty, one-sided or monotonous; leaves the collection empty. */
export function degenerateCollections(stage: SearchStage): void {
  const rankings = ["CALIBRATED", "RRF", "INTERLEAVED", "COSINE"] as const;
  const inputs: readonly SearchInput[] = [
    ...rankings.map((ranking) => ({ ...CAT, ranking })),
    { ...CAT, diversity: 0.5 },
    { ...CAT, groupBy: { metadataKey: "shelf" } },
    { ...CAT, relevantOnly: true, minScore: 0 },
    ...(stage.keywords ? [{ ...CAT, keywords: "cat" }] : []),
  ];
  const pageThrough = async (input: SearchInput, first: number, after: string | null = null): Promise<string[]> => {
    const { nodes, pageInfo } = await stage.search(input, { first, after });
    for (const { score } of nodes) expect(Number.isFinite(score)).toBe(true);
    const ids = nodes.map(({ document }) => document.id);
    return pageInfo.hasNextPage ? [...ids, ...(await pageThrough(input, first, pageInfo.endCursor))] : ids;
  };
  beforeAll(() => stage.clear());

  it("an empty one has no hits, whatever is asked", async () => {
    for (const input of inputs) {
      const { nodes, pageInfo } = await stage.search(input, { first: 1_000 });
      expect([nodes, pageInfo]).toEqual([[], { hasNextPage: false, endCursor: null }]);
    }
  });

  it("one of pictures alone answers in the order of what they show", async () => {
    await stage.addPictures(["red-cat-noto", "blue-cat-noto", "blue-car-noto"].map((drawing) => ({ drawing })));
    for (const input of inputs.slice(0, 6)) {
      const keys = (await stage.hits(input)).map((hit) => hit.__typename);
      expect(keys).toEqual(["ImageHit", "ImageHit", "ImageHit"]);
    }
    const [base64, hits] = [await stage.base64("red-cat-noto"), await stage.hits(CAT)];
    const [itself] = await stage.hits({ parts: [{ content: { image: { base64 } } }] });
    expect(hits[0]!.document.id).toBe(itself!.document.id);
    expect(await stage.hits({ ...CAT, modalities: ["TEXT"] })).toEqual([]);
  });

  it("one of texts alone, alike but for their keys, shows each once and pages through all", async () => {
    await stage.clear();
    await stage.addTexts(Array.from({ length: 50 }, (_, i) => ({ key: `same ${i}`, text: "The same red cat" })));
    await Promise.all(
      inputs.slice(0, 5).map(async (input) => {
        const seen = await pageThrough(input, 12);
        expect([seen.length, new Set(seen).size]).toEqual([50, 50]);
      }),
    );
    expect(await stage.hits({ ...CAT, modalities: ["IMAGE"] })).toEqual([]);
  });

  it("the only picture among thousands of texts is found when it is what is asked for", async () => {
    await stage.clear();
    const about = ["tax", "harvest", "theatre", "steel", "weather", "chess", "law", "music"];
    const text = (i: number) => `Report ${i} on ${about[i % 8]} and ${about[(i * 7 + 3) % 8]}`;
    await stage.addTexts(Array.from({ length: 100 }, (_, i) => ({ text: text(i) })));
    await stage.addPictures([{ drawing: "red-cat-noto" }]);
    await stage.restart(async (store) => {
      const vectors = await store.sample("default", "text", 100);
      const vector = (i: number) =>
        mixed(vectors[i % 100]!.vector, vectors[(7 * i + 3 + Math.floor(i / 100)) % 100]!.vector);
      await store.upsert(Array.from({ length: MANY }, (_, i) => textDocument(`more ${i}`, { vector: vector(i) })));
    });
    const place = async (text: string) =>
      (await stage.hits({ parts: [{ content: { text } }] }, 20)).findIndex(
        ({ __typename }) => __typename === "ImageHit",
      );
    expect(await place("a red cat")).toBe(0);
    expect(await place("report on tax and law")).not.toBe(0);
  });

  it("a ranking ends after 1,000 hits", async () => {
    const page = await stage.search(CAT, { first: 1_000 });
    expect([page.nodes.length, page.pageInfo.hasNextPage]).toEqual([1_000, false]);
    const next = await stage.search(CAT, { first: 7, after: page.pageInfo.endCursor });
    expect([next.nodes, next.pageInfo.hasNextPage]).toEqual([[], false]);
  });
}
