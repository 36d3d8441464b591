import { MODALITIES, type EmbeddedDocument, type Modality, type Vector } from "../document";
import { dot } from "../vector";
import { CalibratedScorer } from "./calibrated-scorer";
import type { Calibration } from "./calibration";
import { perModality, type PerModality } from "./kinds";
import { queryVector, type Query } from "./query";
import { reciprocalRank } from "./reciprocal-rank";
import { withKeywords, type KeywordScores } from "./with-keywords";

/** How texts and pictures get into one list. */
export type Ranking = "calibrated" | "rrf" | "interleaved" | "cosine";

export interface ScoredDocument extends EmbeddedDocument {
  /** Comparable across modalities under the ranking that made it; higher is better. */
  readonly score: number;
  /** Cosine similarity of query and document as the model gives it, -1 to 1. */
  readonly cosine: number;
  /** BM25 of its text or caption where keywords were given and it has one of them; else null. */
  readonly keywordScore: number | null;
  /** How much of the score is due to keywords; null where none were given. */
  readonly keywordShare: number | null;
}

/** Each modality's candidates, in any order. */
export type Candidates = PerModality<readonly EmbeddedDocument[]>;

/** A query as one collection's calibration sees it. */
export class Ranker {
  readonly scorers: PerModality<CalibratedScorer>;
  readonly #vector: Vector;

  constructor(
    readonly ranking: Ranking,
    query: Query,
    readonly calibration: Calibration,
  ) {
    this.scorers = perModality((modality) => new CalibratedScorer(query, modality, calibration));
    this.#vector = queryVector(query);
  }

  /**
   * The vector to look for neighbours with. The calibrated score orders documents of one modality almost as the cosine
   * with the centred query does, so that is what finds its candidates; `rank` then scores them exactly.
   */
  searchVector(modality: Modality): Vector {
    return this.ranking === "calibrated" ? this.scorers[modality].direction : this.#vector;
  }

  /** One list of texts and pictures, best first; documents of equal score in the order of their ids. */
  rank(candidates: Candidates, keywords: KeywordScores | null = null): ScoredDocument[] {
    const lists = MODALITIES.map((modality) =>
      candidates[modality].map((one) => this.#measure(one, keywords)).sort(byCosine),
    );
    const ranked = this.#fuse(lists);
    return (keywords === null ? ranked : withKeywords(this.ranking, ranked)).sort(byScore);
  }

  #measure(one: EmbeddedDocument, keywords: KeywordScores | null): ScoredDocument {
    const keywordScore = keywords?.get(one.document.id) ?? null;
    return { ...one, score: 0, cosine: dot(this.#vector, one.vector), keywordScore, keywordShare: null };
  }

  #fuse(lists: readonly (readonly ScoredDocument[])[]): ScoredDocument[] {
    switch (this.ranking) {
      case "cosine":
        return lists.flat().map((one) => ({ ...one, score: one.cosine }));
      case "calibrated":
        return lists.flat().map((one) => ({ ...one, score: this.scorers[one.document.modality].score(one.vector) }));
      case "rrf":
        return lists.flatMap((list) => list.map((one, i) => ({ ...one, score: reciprocalRank(i + 1) })));
      case "interleaved":
        return interleave(lists).map((one, i) => ({ ...one, score: 1 / (i + 1) }));
    }
  }
}

/** First of each list, then second of each, … */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

const byId = (a: EmbeddedDocument, b: EmbeddedDocument): number => (a.document.id < b.document.id ? -1 : 1);
const byCosine = (a: ScoredDocument, b: ScoredDocument): number => b.cosine - a.cosine || byId(a, b);
const byScore = (a: ScoredDocument, b: ScoredDocument): number => b.score - a.score || byCosine(a, b);
