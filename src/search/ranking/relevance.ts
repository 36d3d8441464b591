import type { Calibration } from "./calibration";
import type { ScoredDocument } from "./ranker";

/** A hit counts as an answer where fewer documents than this would be as similar by chance. */
const EXPECTED_BY_CHANCE = 1;
/** A small collection is judged as one of this size: two strangers are no proof. */
const MIN_DOCUMENTS = 100;

/** How many documents of its modality that have nothing to do with the query are as similar, by expectation. */
const expectedByChance = ({ document, calibrated }: ScoredDocument, { stored }: Calibration): number =>
  (1 - calibrated.standing) * Math.max(MIN_DOCUMENTS, stored[document.modality]);

/** Whether a hit is nearer than chance explains. */
export const isRelevant = (hit: ScoredDocument, calibration: Calibration): boolean =>
  expectedByChance(hit, calibration) < EXPECTED_BY_CHANCE;
