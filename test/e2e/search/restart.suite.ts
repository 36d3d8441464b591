import type { SearchInput } from "../../generated/operations";
import type { Hit, SearchStage } from "../../support/search-stage";

const PLAIN = { parts: [{ content: { text: "a blue bird" } }] } satisfies SearchInput;
const BY_SCORE: readonly SearchInput[] = [PLAIN, { ...PLAIN, ranking: "COSINE" }];
const BY_MORE: readonly SearchInput[] = [
  { ...PLAIN, ranking: "RRF" },
  { ...PLAIN, ranking: "INTERLEAVED" },
  { ...PLAIN, diversity: 0.5 },
  { ...PLAIN, groupBy: { metadataKey: "shelf", size: 2 } },
];
const ids = (hits: readonly Hit[]) => hits.map(({ document }) => document.id);

/** What a restart does to rankings that are being paged, of the shared collection. */
export function restarts(stage: SearchStage): void {
  it("go on by score where a ranking has nothing else, and say that it has expired where it has", async () => {
    const keyworded = stage.keywords ? [{ ...PLAIN, keywords: "bird" }] : [];
    const expiring = [...BY_MORE, ...keyworded];
    const before = await Promise.all(BY_SCORE.map((input) => stage.search(input, { first: 500 })));
    const first = (input: SearchInput) => stage.search(input, { first: 7 });
    const [byScore, byMore] = [await Promise.all(BY_SCORE.map(first)), await Promise.all(expiring.map(first))];
    await stage.restart();

    for (const [i, input] of expiring.entries()) {
      const error = await stage.errorOf(input, { after: byMore[i]!.pageInfo.endCursor });
      expect(error).toEqual({ code: "CURSOR_EXPIRED", message: expect.stringMatching(/Search again without `after`/) });
    }
    for (const [i, input] of BY_SCORE.entries()) {
      const second = await stage.search(input, { first: 7, after: byScore[i]!.pageInfo.endCursor });
      expect(second.nodes.map(({ rank }) => rank)).toEqual([8, 9, 10, 11, 12, 13, 14]);
      const rest = await stage.search(input, { first: 500, after: second.pageInfo.endCursor });
      const shown = ids([...byScore[i]!.nodes, ...second.nodes, ...rest.nodes]);
      expect(shown).toEqual(ids(before[i]!.nodes));
      expect(rest.pageInfo.hasNextPage).toBe(false);
    }
  });
}
