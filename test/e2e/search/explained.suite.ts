import { ExplainDocument, type SearchInput } from "../../generated/operations";
import type { SearchStage } from "../../support/search-stage";

const RED_CAT = { content: { text: "a red cat" } };

/** What explanations and timings promise, of the shared collection. */
export function explained(stage: SearchStage): void {
  const explain = async (input: SearchInput, first = 100) => {
    const { data, errors } = await stage.server.ask(ExplainDocument, { input, first });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.search;
  };

  it("tells how a calibrated score came about", async () => {
    const { nodes } = await explain({ parts: [RED_CAT] });
    expect(new Set(nodes.map(({ document }) => document.modality)).size).toBe(2);
    const [{ calibration }] = [nodes[0]!.explanation];
    for (const { score, standing, document, explanation } of nodes) {
      const { centredCosine, backgroundMean, backgroundReach, collectionShare, parts } = explanation;
      expect(score).toBeCloseTo((centredCosine - backgroundMean) / backgroundReach, 6);
      expect(parts).toEqual([
        { weight: 1, centredCosine: expect.closeTo(centredCosine, 6), score: expect.closeTo(score, 5) },
      ]);
      expect(explanation).toMatchObject({ modality: document.modality, calibration, filter: null });
      expect(explanation).toMatchObject({ keywordScore: null, keywordShare: null });
      expect(backgroundReach).toBeGreaterThan(0);
      expect(collectionShare).toBeGreaterThan(0);
      expect(collectionShare).toBeLessThan(1);
      expect(Math.abs(centredCosine)).toBeLessThanOrEqual(1.000001);
      expect(standing).toBeGreaterThanOrEqual(0);
      expect(standing).toBeLessThanOrEqual(1);
    }
  });

  it("tells the parts in their order and with their weights", async () => {
    const parts = [RED_CAT, { content: { text: "blue" }, weight: 2 }, { content: { text: "a dog" }, weight: -0.5 }];
    const { nodes } = await explain({ parts });
    const alone = await Promise.all(parts.map(({ content }) => explain({ parts: [{ content }] }, 1_000)));
    for (const { document, score, explanation } of nodes.slice(0, 10)) {
      expect(explanation.parts.map(({ weight }) => weight)).toEqual([1, 2, -0.5]);
      expect(score).toBeCloseTo(
        (explanation.centredCosine - explanation.backgroundMean) / explanation.backgroundReach,
        6,
      );
      for (const [i, part] of explanation.parts.entries()) {
        const own = alone[i]!.nodes.find((hit) => hit.document.id === document.id)!;
        expect(part.score).toBeCloseTo(own.score, 4);
      }
    }
  });

  it("gives the cosine itself as the score of COSINE, and the same explanation under every ranking", async () => {
    const calibrated = (await explain({ parts: [RED_CAT] }, 1_000)).nodes;
    for (const ranking of ["COSINE", "RRF", "INTERLEAVED"] as const)
      for (const hit of (await explain({ parts: [RED_CAT], ranking }, 10)).nodes) {
        const own = calibrated.find(({ document }) => document.id === hit.document.id)!;
        expect(hit.explanation.centredCosine).toBeCloseTo(own.explanation.centredCosine, 5);
        if (ranking === "COSINE") expect(hit.score).toBeCloseTo(hit.cosine, 6);
      }
  });

  it("tells which condition a hit met", async () => {
    const where = { metadata: { key: "shelf", is: { equals: 2 } } } as const;
    const { nodes } = await explain({ parts: [RED_CAT], where });
    const filter = { kind: "metadata", key: "shelf", comparison: { op: "equals", value: 2 } };
    expect(nodes.length).toBeGreaterThan(0);
    for (const { explanation } of nodes) expect(explanation.filter).toEqual(filter);
  });

  if (stage.keywords)
    it("tells what keywords added", async () => {
      const plain = await explain({ parts: [RED_CAT] }, 1_000);
      const { nodes } = await explain({ parts: [RED_CAT], keywords: "zeppelins cat" }, 1_000);
      const matched = nodes.filter(({ explanation }) => explanation.keywordScore !== null);
      expect(matched.length).toBeGreaterThan(3);
      for (const { document, score, explanation } of nodes) {
        const meaning = plain.nodes.find((hit) => hit.document.id === document.id)!.score;
        const share = explanation.keywordShare!;
        if (explanation.keywordScore !== null) expect(share).toBeGreaterThan(0);
        else expect(share).toBe(0);
        const own = Math.abs(score - meaning) < 1e-4 ? meaning : meaning / 2;
        expect(score).toBeCloseTo(own + share, 4);
      }
    });

  it("says where the time went, and that a known query takes none to embed", async () => {
    const query = { parts: [{ content: { text: `never asked before ${Math.random()}` } }] };
    const [asked, again] = [await explain(query), await explain(query)];
    for (const { timings } of [asked, again])
      for (const ms of [timings.embedMs, timings.queueMs, timings.storeMs, timings.rankMs]) {
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThan(30_000);
      }
    expect(asked.timings.embedMs + asked.timings.queueMs).toBeGreaterThan(0);
    expect(asked.timings.storeMs).toBeGreaterThan(0);
    expect(again.timings.queueMs).toBe(0);
    expect(again.timings.embedMs).toBeLessThan(100);
  });
}
