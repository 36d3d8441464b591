import { MODALITIES, type Modality, type Vector } from "../../documents/document";
import { CalibratedScorer } from "./calibrated-scorer";
import { scaleOf, type Calibration, type Scale } from "./calibration";
import type { Candidate, Candidates, ScoredDocument } from "./candidate";
import { perModality, type PerModality } from "./kinds";
import { queryVector, type Query } from "./query";
import type { Ranking } from "./ranking";
import { reciprocalRank } from "./reciprocal-rank";
import { withKeywords, type KeywordScores } from "./with-keywords";

/** A query as one collection's calibration sees it. */
export class Ranker {
  readonly scorers: PerModality<CalibratedScorer>;
  readonly calibration: Scale;
  readonly #vector: Vector;

  constructor(
    readonly ranking: Ranking,
    query: Query,
    calibration: Calibration,
  ) {
    this.calibration = scaleOf(calibration);
    this.scorers = perModality((modality) => new CalibratedScorer(query, modality, calibration));
    this.#vector = queryVector(query);
  }

  /** Makes all that is made of backgrounds, so that none is kept. */
  settle(): void {
    this.calibration.spreads();
    for (const modality of MODALITIES) {
      const scorer = this.scorers[modality];
      scorer.level();
      scorer.partLevels();
    }
  }

  /** The query as one unit vector of the model's own space. */
  get vector(): Vector {
    return this.#vector;
  }

  /**
   * What it takes to rank documents of a modality: their cosines with these. The first is the one to look for neighbours
   * with: the calibrated score orders documents of one modality almost as the cosine with the centred query does; `rank`
   * then scores them exactly. `standings`: whether relevance is to be told as well.
   */
  directions(modality: Modality, standings = false): readonly Vector[] {
    const scorer = this.scorers[modality];
    const own = this.ranking === "calibrated" ? scorer.directions : [this.#vector];
    return standings ? [...new Set([...own, ...scorer.allDirections])] : own;
  }

  /** One list of texts and pictures, best first; documents of equal score in the order of their ids. */
  rank(candidates: Candidates, keywords: KeywordScores | null = null): ScoredDocument[] {
    const lists = MODALITIES.map((modality) =>
      candidates[modality].map((one) => this.#measure(one, keywords)).sort(bySimilarity),
    );
    const ranked = this.#fuse(lists);
    return (keywords === null ? ranked : withKeywords(this.ranking, ranked)).sort(byScore);
  }

  #measure({ document, passage, sight }: Candidate, keywords: KeywordScores | null): Measured {
    const keywordScore = keywords?.get(document.id) ?? null;
    const similarity =
      this.ranking === "calibrated" ? this.scorers[document.modality].score(sight) : sight.cosineWith(this.#vector);
    return { document, passage, sight, score: 0, similarity, keywordScore, keywordShare: null, reranked: null };
  }

  #fuse(lists: readonly (readonly Measured[])[]): Measured[] {
    switch (this.ranking) {
      case "cosine":
      case "calibrated":
        return lists.flat().map((one) => ({ ...one, score: one.similarity }));
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

/** With what orders its modality: the calibrated score, or the cosine with the query. */
interface Measured extends ScoredDocument {
  readonly similarity: number;
}

const byId = (a: Measured, b: Measured): number => (a.document.id < b.document.id ? -1 : 1);
const bySimilarity = (a: Measured, b: Measured): number => b.similarity - a.similarity || byId(a, b);
const byScore = (a: Measured, b: Measured): number => b.score - a.score || bySimilarity(a, b);
