import { given, type SparseDocument } from "../../documents/sparse-document";
import type { ScoredDocument } from "./candidate";
import type { Ranking } from "./ranking";
import { reciprocalRank } from "./reciprocal-rank";

/** BM25 scores of the documents that hold one of the keywords, by id. */
export type KeywordScores = ReadonlyMap<string, number>;

/** What words count against meaning where a document has text. */
const KEYWORD_SHARE = 0.5;
/** The least that the best keyword match is worth: as much as the nearest fiftieth of documents in general. */
const MIN_TOP_SCORE = 1;

/** Whether there is anything in it that keywords could be in. */
export const hasText = (document: SparseDocument): boolean =>
  document.modality === "text" || given(document.caption) !== null;

/**
 * A convex combination of meaning and words (Bruch, Gai and Ingber 2023, arXiv 2210.11934), the best keyword match
 * worth as much as the best text. Pictures without a caption keep their score: what cannot hold a word is not punished
 * for holding none. Where nothing holds any, all keep theirs.
 */
export function withKeywords<D extends ScoredDocument>(ranking: Ranking, ranked: readonly D[]): D[] {
  const found = matches(ranked);
  if (found.length === 0) return ranked.map((one) => ({ ...one, keywordShare: 0 }));
  const ofWords = ranking === "rrf" ? byRank(found) : byScale(found, ranked);
  return ranked.map((one) => {
    if (!hasText(one.document)) return { ...one, keywordShare: 0 };
    const keywordShare = KEYWORD_SHARE * (ofWords.get(one.document.id) ?? 0);
    return { ...one, keywordShare, score: (1 - KEYWORD_SHARE) * one.score + keywordShare };
  });
}

interface Match {
  readonly id: string;
  readonly keywordScore: number;
}

const matches = (ranked: readonly ScoredDocument[]): Match[] =>
  ranked.flatMap(({ document: { id }, keywordScore }) => (keywordScore === null ? [] : [{ id, keywordScore }]));

function byScale(found: readonly Match[], ranked: readonly ScoredDocument[]): Map<string, number> {
  const best = found.reduce((most, { keywordScore }) => Math.max(most, keywordScore), 0);
  const top = ranked.reduce((most, one) => (hasText(one.document) ? Math.max(most, one.score) : most), MIN_TOP_SCORE);
  return new Map(found.map(({ id, keywordScore }) => [id, (top * keywordScore) / best]));
}

function byRank(found: readonly Match[]): Map<string, number> {
  const best = found.toSorted((a, b) => b.keywordScore - a.keywordScore || (a.id < b.id ? -1 : 1));
  return new Map(best.map(({ id }, i) => [id, reciprocalRank(i + 1)]));
}
