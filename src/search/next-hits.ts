import type { KeptRanking, LastHit } from "./kept-rankings";
import { diversify } from "./ranking/diversify";
import { group } from "./ranking/group";
import type { ScoredDocument } from "./ranking/ranker";
import { isRelevant } from "./ranking/relevance";
import type { SearchRequest } from "./search-request";

export interface NextHits {
  readonly hits: ScoredDocument[];
  /** Whether what comes deeper is below a threshold. */
  readonly cut: boolean;
}

/** Scores of one query's vector differ in their last digits with what it was encoded along with. */
const SAME_SCORE = 1e-6;

/** What comes after the hits that were shown, in the order in which it is to be shown. */
export function nextHits(
  { minScore, relevantOnly, groupBy, diversity, first }: SearchRequest,
  { shown, from, ranker: { calibration } }: KeptRanking,
  ranked: readonly ScoredDocument[],
): NextHits {
  const shownIds = new Set(shown);
  const before = ranked.filter(({ document }) => shownIds.has(document.id));
  const left = ranked.filter(({ document }) => !shownIds.has(document.id));
  const good = left.filter(
    (hit) =>
      (from === null || comesAfter(hit, from)) &&
      (minScore === null || hit.score >= minScore) &&
      (!relevantOnly || isRelevant(hit, calibration)),
  );
  const grouped = groupBy === null ? good : group(good, before, groupBy);
  const hits =
    diversity === 0 ? grouped : diversify(grouped, before, { strength: diversity, count: first + 1 }, calibration);
  return { hits, cut: (minScore !== null || relevantOnly) && good.length < left.length };
}

const comesAfter = ({ score, document: { id } }: ScoredDocument, last: LastHit): boolean =>
  score < last.score - SAME_SCORE || (score < last.score + SAME_SCORE && id > last.id);

/** Whether a ranking can be taken up where nothing is known but its last hit. */
export const isOrderedByScoreAlone = ({
  ranking,
  keywords,
  groupBy,
  diversity,
}: Omit<SearchRequest, "after">): boolean =>
  (ranking === "calibrated" || ranking === "cosine") && keywords === null && groupBy === null && diversity === 0;
