import type { ScoredDocument } from "./candidate";
import type { Ranker } from "./ranker";

/**
 * A hit counts as an answer where fewer documents and passages of its modality than this would be as similar by chance. Of
 * pictures half as many: drawn in another style than those that the model was measured on, they scatter more than is told.
 */
const EXPECTED_BY_CHANCE = { text: 1, image: 0.5 };
/** A small collection is judged as one of this size: two strangers are no proof. */
const MIN_COMPARED = 100;

/** How many of its modality that have nothing to do with the query are as similar, by expectation. */
function expectedByChance({ document: { modality }, sight }: ScoredDocument, ranker: Ranker): number {
  const compared = Math.max(MIN_COMPARED, ranker.calibration.compared[modality]);
  return (1 - ranker.scorers[modality].standing(sight)) * compared;
}

/** Whether a hit is nearer than chance explains. */
export const isRelevant = (hit: ScoredDocument, ranker: Ranker): boolean =>
  expectedByChance(hit, ranker) < EXPECTED_BY_CHANCE[hit.document.modality];
