import type { ScoredDocument } from "./candidate";
import type { Ranker } from "./ranker";

/** A hit counts as an answer where fewer documents and passages than this would be as similar by chance. */
const EXPECTED_BY_CHANCE = 1;
/** A small collection is judged as one of this size: two strangers are no proof. */
const MIN_COMPARED = 100;

/** How many of its modality that have nothing to do with the query are as similar, by expectation. */
function expectedByChance({ document: { modality }, sight }: ScoredDocument, ranker: Ranker): number {
  const compared = Math.max(MIN_COMPARED, ranker.calibration.compared[modality]);
  return (1 - ranker.scorers[modality].standing(sight)) * compared;
}

/** Whether a hit is nearer than chance explains. */
export const isRelevant = (hit: ScoredDocument, ranker: Ranker): boolean =>
  expectedByChance(hit, ranker) < EXPECTED_BY_CHANCE;
