import type { Ranking, SearchInput } from "../../generated/operations";
import type { Hit, SearchStage } from "../../support/search-stage";
import { CAPTIONED, ZEPPELIN } from "./world";

const RED_CAT = { parts: [{ content: { text: "a red cat" } }] };
const wordsOf = (hit: Hit) => (hit.__typename === "TextHit" ? hit.document.text : hit.document.caption);
const places = (hits: readonly Hit[], wanted: string) => hits.findIndex((hit) => wordsOf(hit) === wanted);

/** What keywords do to a ranking, of the shared collection. */
export function keywordSearch(stage: SearchStage): void {
  const all = (input: Partial<SearchInput>) => stage.hits({ ...RED_CAT, ...input }, 300);

  describe.each<Ranking>(["CALIBRATED", "RRF"])("%s", (ranking) => {
    it("lifts a text with a rare word above other texts", async () => {
      const withWords = (hits: readonly Hit[]) => hits.filter((hit) => wordsOf(hit) !== null);
      const before = places(withWords(await all({ ranking })), ZEPPELIN);
      const after = places(withWords(await all({ ranking, keywords: "zeppelins" })), ZEPPELIN);
      expect(before).toBeGreaterThan(10);
      expect(after).toBeLessThan(3);
    });

    it("lifts a picture whose caption has the word", async () => {
      const before = places(await all({ ranking }), CAPTIONED.caption);
      const after = places(await all({ ranking, keywords: "ocelot" }), CAPTIONED.caption);
      expect(after).toBeLessThan(before / 2);
    });

    it("leaves the order of pictures without a caption, and the best of them where it was", async () => {
      const bare = (hits: readonly Hit[]) =>
        hits.filter((hit) => wordsOf(hit) === null).map(({ document }) => document.id);
      const [without, keyworded] = [await all({ ranking }), await all({ ranking, keywords: "zeppelins" })];
      expect(bare(keyworded)).toEqual(bare(without));
      const best = (hits: readonly Hit[]) => hits.findIndex(({ document }) => document.id === bare(without)[0]);
      expect(best(keyworded)).toBeLessThanOrEqual(best(without) + 1);
    });

    it("changes no score of a picture without a caption, and leaves nothing out", async () => {
      const [without, keyworded] = [await all({ ranking }), await all({ ranking, keywords: "zeppelins red" })];
      expect(keyworded).toHaveLength(without.length);
      const scores = new Map(without.map(({ document, score }) => [document.id, score]));
      for (const hit of keyworded)
        if (wordsOf(hit) === null) expect(hit.score).toBeCloseTo(scores.get(hit.document.id)!, 5);
    });

    it("ranks as without where no document has the word", async () => {
      const ids = (hits: readonly Hit[]) => hits.map(({ document }) => document.id).sort();
      const keyworded = await all({ ranking, keywords: "unheardofword" });
      expect(ids(keyworded)).toEqual(ids(await all({ ranking })));
    });

    it("goes together with modalities and filters", async () => {
      const pictures = await all({ ranking, keywords: "zeppelins ocelot", modalities: ["IMAGE"] });
      expect(pictures).toHaveLength(stage.drawings.length);
      const where = { metadata: { key: "shelf", is: { equals: 1 } } } as const;
      for (const { document } of await all({ ranking, keywords: "red cat", where }))
        expect(document.metadata).toMatchObject({ shelf: 1 });
    });
  });

  it.each<Ranking>(["COSINE", "INTERLEAVED"])("refuses keywords with %s", async (ranking) => {
    const error = await stage.errorOf({ ...RED_CAT, ranking, keywords: "cat" });
    expect(error).toEqual({ code: "BAD_USER_INPUT", message: expect.stringMatching(/CALIBRATED and RRF/) });
  });

  it("refuses keywords that are empty or too many", async () => {
    expect(await stage.errorOf({ ...RED_CAT, keywords: " \n" })).toMatchObject({ code: "INVALID_TEXT" });
    const long = "cat ".repeat(2_000);
    expect(await stage.errorOf({ ...RED_CAT, keywords: long })).toMatchObject({ code: "TOO_LARGE" });
  });

  it("takes every string as words and nothing else", async () => {
    const hostile = [
      `zeppelins" or tenant != "`,
      "zeppelins') or 1 == 1 --",
      "zeppelins\u0000\u0001\u001b[2J\r\n\u2028",
      'zeppelins\\"\\',
      "zeppelins \ud800 \udfff \u{10ffff}",
      "zeppelins & | ! * ? ~2 ^9 [a TO z] {tenant}",
    ];
    for (const keywords of hostile) {
      const hits = (await all({ keywords })).filter((hit) => wordsOf(hit) !== null);
      expect(places(hits, ZEPPELIN)).toBeLessThan(3);
    }
    for (const keywords of ["!!!", "?", "\ud800"]) expect(await all({ keywords })).not.toEqual([]);
    expect(await stage.errorOf({ ...RED_CAT, keywords: "\u0000" })).toMatchObject({ code: "INVALID_TEXT" });
  });
}

/** What becomes of keywords where Milvus has none. */
export function noKeywordSearch(stage: SearchStage): void {
  it("says why there are none and what to do, and disturbs nothing else", async () => {
    for (const ranking of ["CALIBRATED", "RRF"] as const) {
      const error = await stage.errorOf({ ...RED_CAT, ranking, keywords: "zeppelins" });
      const message = expect.stringMatching(/needs Milvus 2\.5 or later, Milvus Lite or Zilliz Cloud/);
      expect(error).toEqual({ code: "KEYWORDS_UNSUPPORTED", message });
      expect(await stage.hits({ ...RED_CAT, ranking })).toHaveLength(10);
    }
  });
}
