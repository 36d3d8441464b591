import { MODALITIES, type Modality } from "../documents/document";
import type { KeptRanking, LastHit } from "./kept-rankings";
import { diversify } from "./ranking/diversify";
import { group } from "./ranking/group";
import type { PerModality } from "./ranking/kinds";
import type { ScoredDocument } from "./ranking/candidate";
import { isRelevant } from "./ranking/relevance";
import { inPlaces } from "./rerank";
import type { SearchRequest } from "./search-request";

export interface NextHits {
  readonly hits: ScoredDocument[];
  /** Whether nothing that lies deeper belongs among the first `first + 1` of them. */
  readonly sure: boolean;
}

/** Scores of one query's vector differ in their last digits with what it was encoded along with. */
const SAME_SCORE = 1e-6;
/** So many hits of a ranking are made to differ, then scores decide: every hit is compared with every candidate. */
const DIVERSE_HITS = 100;
/** Diversity chooses from so many times what is shown. */
const DIVERSITY_POOL = 5;

/** Of how many candidates a ranking is made of which so many hits are wanted. */
export const poolFor = (wanted: number, diversity: number): number =>
  diversity === 0 ? wanted : Math.max(wanted, DIVERSITY_POOL * Math.min(wanted, DIVERSE_HITS));

/**
 * What comes after the hits that were shown, in the order in which it is to be shown. `deeper`: whether there may be more
 * candidates of a modality than those that are ranked.
 */
export function nextHits(
  request: SearchRequest,
  { shown, from, ranker, reranked }: KeptRanking,
  ranked: readonly ScoredDocument[],
  deeper: PerModality<boolean>,
): NextHits {
  const { minScore, relevantOnly, groupBy, diversity, first } = request;
  const isGood = (hit: ScoredDocument) =>
    (minScore === null || hit.score >= minScore) && (!relevantOnly || isRelevant(hit, ranker));
  const shownIds = new Set(shown.map(({ id }) => id));
  const placed = inPlaces(ranked, reranked);
  const good = behind(from, placed).filter((hit) => !shownIds.has(hit.document.id) && isGood(hit));
  const groups = shown.map((one) => one.group);
  const grouped = groupBy === null ? good : group(good, groups, groupBy);

  const last = MODALITIES.flatMap((modality) => (deeper[modality] ? lastOf(ranked, modality) : []));
  const horizon = Math.max(...last.filter(isGood).map(({ score }) => score));
  const count = Math.min(first + 1, DIVERSE_HITS - shown.length);
  if (diversity === 0 || count <= 0) {
    const certain = grouped.filter(({ score }) => score >= horizon);
    return { hits: grouped, sure: horizon === -Infinity || certain.length > first };
  }
  const before = placed.filter(({ document }) => shownIds.has(document.id));
  const pool = grouped.slice(0, poolFor(shown.length + count, diversity));
  const diverse = diversify(pool, before, { strength: diversity, count }, ranker.calibration);
  const hits = [...new Set([...diverse, ...grouped])];
  return { hits, sure: horizon === -Infinity || hits.length > first };
}

/** What lies deeper scores no more than this. */
const lastOf = (ranked: readonly ScoredDocument[], modality: Modality): ScoredDocument[] =>
  ranked.filter(({ document }) => document.modality === modality).slice(-1);

/** Behind the last hit itself where it is there as it was; else behind its score. */
function behind(last: LastHit | null, ranked: readonly ScoredDocument[]): readonly ScoredDocument[] {
  if (last === null) return ranked;
  const at = ranked.findIndex(({ document }) => document.id === last.id);
  if (at >= 0 && Math.abs(ranked[at]!.score - last.score) < SAME_SCORE) return ranked.slice(at + 1);
  return ranked.filter(({ score, document }) => score < last.score || (score === last.score && document.id > last.id));
}

/** Whether a ranking can be taken up where nothing is known but its last hit. */
export const goesOnByScore = (
  { ranking, keywords, rerank, groupBy, diversity }: Omit<SearchRequest, "after">,
  isSameCalibration: boolean,
): boolean =>
  (ranking === "cosine" || (ranking === "calibrated" && isSameCalibration)) &&
  keywords === null &&
  rerank === null &&
  groupBy === null &&
  diversity === 0;
