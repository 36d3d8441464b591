import type { Modality } from "../../documents/document";
import type { Filter } from "../../documents/filter";
import type { ScoredDocument } from "./candidate";
import type { Ranker } from "./ranker";

/** How a hit's score came about. */
export interface HitExplanation {
  readonly modality: Modality;
  /** With the means of both kinds taken out, -1 to 1. */
  readonly centredCosine: number;
  /** What documents of this modality reach in general, and how far above that the nearest fiftieth is. */
  readonly backgroundMean: number;
  readonly backgroundReach: number;
  /** How much of the background and of the mean is the collection's own, 0 to 1; the rest is the model's. */
  readonly collectionShare: number;
  /** Each part of the query against this document; scores in the units of the calibrated score. */
  readonly parts: readonly { readonly weight: number; readonly centredCosine: number; readonly score: number }[];
  /** BM25, where keywords were given and the document has one of them. */
  readonly keywordScore: number | null;
  /** How much of the score is due to keywords. */
  readonly keywordShare: number | null;
  /** What the reranker gave it; null: it was not reread. */
  readonly rerankScore: number | null;
  /** Its score before it was given another place. */
  readonly firstScore: number | null;
  readonly calibration: string;
  /** The condition that it met. */
  readonly filter: Filter | null;
}

/** `hit.sight` knows all directions of its scorer. */
export function explain(hit: ScoredDocument, ranker: Ranker, filter: Filter | null): HitExplanation {
  const { modality } = hit.document;
  const scorer = ranker.scorers[modality];
  const level = scorer.level();
  return {
    modality,
    centredCosine: scorer.centredCosine(hit.sight),
    backgroundMean: level.mean,
    backgroundReach: level.reach,
    collectionShare: ranker.calibration.shares[modality],
    parts: scorer.partsOf(hit.sight),
    keywordScore: hit.keywordScore,
    keywordShare: hit.keywordShare,
    rerankScore: hit.reranked?.score ?? null,
    firstScore: hit.reranked?.firstScore ?? null,
    calibration: ranker.calibration.version,
    filter,
  };
}
