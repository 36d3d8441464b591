import type { Hit, SearchStage } from "../../support/search-stage";

const CAT = [{ content: { text: "a cat" } }];
const ids = (hits: readonly Hit[]) => hits.map(({ document }) => document.id);

/** What groups, diversity and thresholds do to a ranking, of the shared collection. */
export function shapedRankings(stage: SearchStage): void {
  const all = (input: object) => stage.hits({ parts: CAT, ...input }, 500);

  it.each([1, 2])("shows at most %i of each group and documents without the key each by itself", async (size) => {
    const hits = await all({ groupBy: { metadataKey: "shelf", size } });
    const groups = hits.map(({ group }) => group).filter((group) => group !== null);
    expect(groups.sort()).toEqual([0, 1, 2, 3, 4].flatMap((shelf) => Array<number>(size).fill(shelf)));
    const ungrouped = (some: readonly Hit[]) => some.filter(({ document }) => !("shelf" in document.metadata));
    expect(ids(ungrouped(hits))).toEqual(ids(ungrouped(await all({}))));
  });

  it("shows the best of each group", async () => {
    const hits = (await all({ groupBy: { metadataKey: "shelf" } })).filter(({ group }) => group !== null);
    const plain = await all({});
    for (const { group, document } of hits) {
      const best = plain.find((hit) => hit.document.metadata.shelf === group);
      expect(document.id).toBe(best!.document.id);
    }
  });

  it("groups by lists and objects, and shows no such value as a group", async () => {
    const byTags = await all({ groupBy: { metadataKey: "tags" } });
    expect(byTags.filter(({ document }) => "tags" in document.metadata)).toHaveLength(2);
    const byRoom = await all({ groupBy: { metadataKey: "room", size: 3 } });
    expect(byRoom).toHaveLength(18);
    for (const { group } of [...byTags, ...byRoom]) expect(group).toBeNull();
  });

  it("leaves all where no document has the key, and refuses keys and sizes that cannot be", async () => {
    expect(ids(await all({ groupBy: { metadataKey: "__proto__" } }))).toEqual(ids(await all({})));
    for (const groupBy of [
      { metadataKey: "" },
      { metadataKey: "x".repeat(257) },
      { metadataKey: "shelf", size: 0 },
      { metadataKey: "shelf", size: 101 },
    ])
      expect(await stage.errorOf({ parts: CAT, groupBy })).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  it("keeps the order of scores without diversity, and spreads what is alike with it", async () => {
    const kinds = (hits: readonly Hit[]) => {
      const thing = ({ document }: Hit) => /cat|dog|car|bird/.exec(document.key!)?.[0] ?? "other";
      return new Set(hits.filter(({ __typename }) => __typename === "ImageHit").map(thing)).size;
    };
    const first = (diversity: number) => stage.hits({ parts: CAT, diversity, modalities: ["IMAGE"] }, 8);
    expect(ids(await first(0))).toEqual(ids(await stage.hits({ parts: CAT, modalities: ["IMAGE"] }, 8)));
    const [none, half, full] = [await first(0), await first(0.5), await first(1)];
    expect(half[0]!.document.id).toBe(none[0]!.document.id);
    expect(kinds(half)).toBeGreaterThanOrEqual(kinds(none));
    expect(kinds(full)).toBeGreaterThan(kinds(none));
    for (const diversity of [-0.1, 1.1]) {
      const error = await stage.errorOf({ parts: CAT, diversity });
      expect(error).toEqual({ code: "BAD_USER_INPUT", message: expect.stringMatching(/from 0 to 1/) });
    }
  });

  it("leaves out what is below a score", async () => {
    for (const ranking of ["CALIBRATED", "RRF", "INTERLEAVED", "COSINE"] as const) {
      const plain = await all({ ranking });
      const minScore = plain[20]!.score;
      expect(ids(await all({ ranking, minScore }))).toEqual(ids(plain.filter(({ score }) => score >= minScore)));
    }
    expect(await all({ minScore: 1_000 })).toEqual([]);
  });

  it("keeps answers and leaves out the rest where only what is relevant is wanted", async () => {
    const relevant = await all({ parts: [{ content: { text: "a red cat" } }], relevantOnly: true });
    const shown = relevant.map((hit) => (hit.__typename === "TextHit" ? hit.document.text : hit.document.key));
    expect(shown).toEqual(expect.arrayContaining(["A red cat", "red-cat-noto"]));
    expect(relevant.length).toBeLessThan(40);
    for (const { standing } of relevant) expect(standing).toBeGreaterThan(0.99);
    const parts = [{ content: { text: "amortisation of intangible assets under the revised directive" } }];
    expect((await all({ parts, relevantOnly: true })).length).toBeLessThanOrEqual(5);
  });
}
