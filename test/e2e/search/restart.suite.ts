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
  it("go on behind the last hit, by its score or with the ranking made again", async () => {
    const keyworded = stage.keywords ? [{ ...PLAIN, keywords: "bird" }] : [];
    const inputs: readonly SearchInput[] = [...BY_SCORE, ...BY_MORE, ...keyworded];
    const before = await Promise.all(inputs.map((input) => stage.search(input, { first: 40 })));
    const began = await Promise.all(inputs.map((input: SearchInput) => stage.search(input, { first: 7 })));
    await stage.restart();

    for (const [i, input] of inputs.entries()) {
      const second = await stage.search(input, { first: 7, after: began[i]!.pageInfo.endCursor });
      expect(second.nodes.map(({ rank }) => rank)).toEqual([8, 9, 10, 11, 12, 13, 14]);
      const rest = await stage.search(input, { first: 26, after: second.pageInfo.endCursor });
      // How diverse hits are chosen depends on how many are wanted.
      if (input.diversity) continue;
      expect(ids([...began[i]!.nodes, ...second.nodes, ...rest.nodes])).toEqual(ids(before[i]!.nodes));
    }
  });
}
