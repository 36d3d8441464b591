import { MilvusClient } from "@zilliz/milvus2-sdk-node";
import type { SearchStage } from "../../support/search-stage";

/** What one request with several searches promises, of the shared collection. */
export function batches(stage: SearchStage): void {
  const modelRuns = () =>
    stage.logged.filter(({ msg }) => msg === "The model ran").map(({ items, runs }) => ({ items, runs }));
  const aliases = (searches: readonly string[]) =>
    `{ ${searches.map((input, i) => `s${i}: search(input: ${input}) { nodes { __typename } }`).join("\n")} }`;
  const ask = async (searches: readonly string[]) => {
    const answer = await stage.server.ask<Record<string, { nodes: unknown[] }>, unknown>(aliases(searches));
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return Object.values(answer.data).map(({ nodes }) => nodes.length);
  };
  const composed = (words: string, i: number) =>
    `{ parts: [{ content: { text: "${words} ${i}" } }, { content: { text: "${words} too ${i}" }, weight: 0.5 }] }`;

  it("makes one model batch and one Milvus search a modality of 10 composed queries", async () => {
    stage.logged.length = 0;
    const search = jest.spyOn(MilvusClient.prototype, "search");
    expect(await ask(Array.from({ length: 10 }, (_, i) => composed("an animal", i)))).toEqual(Array(10).fill(5));
    expect(modelRuns()).toEqual([{ items: 20, runs: 1 }]);
    // On Milvus Lite one call looks for both.
    const partitions = search.mock.calls.map(([asked]) => {
      const { partition_names: all, params } = asked as {
        partition_names?: string[];
        params: Record<string, string[]>;
      };
      return all ?? [...new Set(params.partition_of_each)];
    });
    expect(partitions.flat().toSorted()).toEqual(["image", "text"]);
    search.mockRestore();
  });

  it("reads the stored documents of all queries at once", async () => {
    const hits = await stage.hits({ parts: [{ content: { text: "a cat" } }] });
    const query = jest.spyOn(MilvusClient.prototype, "query");
    await ask(hits.map(({ document }) => `{ parts: [{ content: { documentId: "${document.id}" } }] }`));
    // The collection may be sampled for its calibration meanwhile.
    const byId = query.mock.calls.filter(([{ filter }]) => String(filter).startsWith("id in"));
    expect(byId).toHaveLength(1);
    query.mockRestore();
  });

  it("encodes a picture that several queries share once", async () => {
    const base64 = await stage.base64("pink-cat-noto");
    stage.logged.length = 0;
    const searches = Array.from({ length: 4 }, () => `{ parts: [{ content: { image: { base64: "${base64}" } } }] }`);
    await ask(searches);
    const items = modelRuns().reduce((sum, run) => sum + (run.items ?? 0), 0);
    expect(items).toBe(1);
  });
}
