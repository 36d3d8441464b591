import type { KeptRanking, LastHit } from "../../../src/search/kept-rankings";
import { goesOnByScore, nextHits } from "../../../src/search/next-hits";
import { calibrationOf, EMPTY_COLLECTION } from "../../../src/search/ranking/calibration";
import type { ScoredDocument } from "../../../src/search/ranking/candidate";
import { Ranker } from "../../../src/search/ranking/ranker";
import { imageDocument, seen, textDocument } from "../../support/documents";
import { GappedVectors } from "../../support/gapped-vectors";
import { PLAIN_SEARCH } from "../../support/memory-search";

const vectors = new GappedVectors(41);
const calibration = calibrationOf(vectors.model(), EMPTY_COLLECTION);
const topic = vectors.topic();
const query = [{ kind: "text", vector: vectors.about(topic, "text"), weight: 1 }] as const;
const ranker = new Ranker("calibrated", query, calibration);
const ranked = ranker.rank({
  text: seen(
    [vectors.about(topic, "text"), ...vectors.strangers("text", 19)].map((vector, i) =>
      textDocument(`text ${i}`, { vector }),
    ),
  ),
  image: seen(vectors.strangers("image", 20).map((vector, i) => imageDocument(`picture ${i}`, { vector }))),
});
const request = { ...PLAIN_SEARCH, parts: [] };
const ENDED = { text: false, image: false };
const kept = (shown: readonly ScoredDocument[] = [], from: LastHit | null = null): KeptRanking => ({
  id: "",
  ranker,
  reranked: null,
  from,
  shown: shown.map(({ document }) => ({ id: document.id, group: null })),
});

it("gives what was not shown, in the order of scores", () => {
  expect(nextHits(request, kept(), ranked, ENDED)).toEqual({ hits: ranked, sure: true });
  const shown = [ranked[0]!, ranked[3]!];
  const left = ranked.filter((hit) => !shown.includes(hit));
  expect(nextHits(request, kept(shown), ranked, ENDED).hits).toEqual(left);
});

it("leaves out what is below a score, and what is no nearer than chance explains", () => {
  const minScore = ranked[9]!.score;
  expect(nextHits({ ...request, minScore }, kept(), ranked, ENDED).hits).toEqual(ranked.slice(0, 10));
  expect(nextHits({ ...request, relevantOnly: true }, kept(), ranked, ENDED).hits).toEqual(ranked.slice(0, 1));
});

it("goes on behind the last hit, by its score where it is gone or has changed", () => {
  const last = ranked[7]!;
  const from = { rank: 8, score: last.score, id: last.document.id };
  expect(nextHits(request, kept([], from), ranked, ENDED).hits).toEqual(ranked.slice(8));
  const without = ranked.filter((hit) => hit !== last);
  expect(nextHits(request, kept([], from), without, ENDED).hits).toEqual(ranked.slice(8));
  const moved = { ...from, score: (ranked[20]!.score + ranked[21]!.score) / 2 };
  expect(nextHits(request, kept([], moved), ranked, ENDED).hits).toEqual(ranked.slice(21));
});

it("is sure of hits above the last candidate of a modality that goes on, if they are enough", () => {
  const lastText = ranked.findLast(({ document }) => document.modality === "text")!;
  const above = ranked.filter(({ score }) => score >= lastText.score).length;
  const sure = (first: number) => nextHits({ ...request, first }, kept(), ranked, { text: true, image: false }).sure;
  expect([sure(above - 1), sure(above)]).toEqual([true, false]);
});

it("is sure where all that goes on is below a threshold", () => {
  const deeper = { text: true, image: true };
  const few = { ...request, first: 39, minScore: ranked[3]!.score };
  expect(nextHits(few, kept(), ranked, deeper).sure).toBe(true);
  expect(nextHits({ ...few, minScore: null }, kept(), ranked, deeper).sure).toBe(false);
});

it("knows which rankings go on by score alone", () => {
  const goesOn = (changed: Partial<typeof request>, same = true) => goesOnByScore({ ...request, ...changed }, same);
  expect([goesOn({}), goesOn({}, false)]).toEqual([true, false]);
  expect([goesOn({ ranking: "cosine" as never }), goesOn({ ranking: "cosine" as never }, false)]).toEqual([true, true]);
  for (const changed of [{ ranking: "rrf" }, { ranking: "interleaved" }, { keywords: "a" }, { diversity: 0.1 }])
    expect(goesOn(changed as never)).toBe(false);
  expect(goesOn({ groupBy: { metadataKey: "a", size: 1 } as never })).toBe(false);
});
