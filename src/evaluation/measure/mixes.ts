import type { ModelCalibration } from "../../search/ranking/model-calibration";
import type { EvaluatedDocument } from "../vectors/embed-data-set";
import { CollectionSearch } from "./collection-search";
import type { DocumentScan } from "./document-scan";
import { byId } from "./score-query";
import { replaced, shuffled, type Twins } from "./twins";

/** Shares of the things that are there as a picture in place of a text. */
export const SHARES: readonly number[] = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** How often chance chooses which things are replaced. */
const DRAWS = 3;

/** Collections that have the same share of pictures: one, or as many as chance drew. */
export interface Mix {
  /** Null: each thing is there as a text and as a picture. */
  readonly share: number | null;
  readonly draws: readonly {
    readonly documents: ReadonlyMap<string, EvaluatedDocument>;
    readonly collection: CollectionSearch;
  }[];
}

/** The collections of a sweep: one mix for each share, then the one with both. */
export function mixesOf(
  twins: readonly Twins[],
  { seed, calibration }: { readonly seed: number; readonly calibration: ModelCalibration },
  scan: DocumentScan,
): Mix[] {
  const orders = Array.from({ length: DRAWS }, (_, i) => shuffled(twins, seed + i));
  const open = (documents: readonly EvaluatedDocument[]) => ({
    documents: byId(documents),
    collection: new CollectionSearch(scan, documents, calibration),
  });
  const mixes = SHARES.map((share) => {
    const isCertain = share === 0 || share === 1;
    return { share, draws: orders.slice(0, isCertain ? 1 : DRAWS).map((order) => open(replaced(order, share))) };
  });
  return [...mixes, { share: null, draws: [open(twins.flatMap(({ text, image }) => [...text, ...image]))] }];
}
