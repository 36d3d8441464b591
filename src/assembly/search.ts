import type { Config } from "../config/config";
import { TENANT } from "../documents/tenant";
import type { Log } from "../log";
import type { DocumentStore } from "../ports/document-store";
import { principalPlane } from "../projection/principal-plane";
import { KeptRankings } from "../search/kept-rankings";
import { ModalityGapMeter } from "../search/modality-gap/modality-gap-meter";
import type { Calibration } from "../search/ranking/calibration";
import { CollectionCalibration } from "../search/ranking/collection-calibration";
import type { ModelCalibration } from "../search/ranking/model-calibration";
import type { RerankStage } from "../search/rerank";
import { Searcher } from "../search/searcher";
import { GatheredReads } from "../stores/gathered-reads";

/** How soon it is seen what other servers store. */
const CALIBRATION_INTERVAL_MS = 10_000;
const KEPT_RANKINGS = 4_000;
const KEPT_HITS = 100_000;
const KEEP_RANKING_MS = 600_000;
/** Calls that a store answers side by side, and what one carries. */
const STORE_CALLS = 4;
const STORE_ITEMS = 32;

/** The model's calibration, refined by what is stored from its first refresh on. */
export const collectionCalibration = (model: ModelCalibration, store: DocumentStore, log: Log): CollectionCalibration =>
  new CollectionCalibration({ model, store, tenant: TENANT, intervalMs: CALIBRATION_INTERVAL_MS, log });

/** What answers about the documents of a store, by the calibration in force. */
export function openSearch(
  store: DocumentStore,
  calibration: () => Calibration,
  reranking: RerankStage | null,
  { maxFirst: maxHits }: Config,
) {
  const kept = new KeptRankings({ max: KEPT_RANKINGS, maxHits: KEPT_HITS, keepMs: KEEP_RANKING_MS });
  return {
    searcher: new Searcher({ calibration, kept, maxHits, reranking }),
    modalityGaps: new ModalityGapMeter({ store, calibration, project: principalPlane }),
    reads: new GatheredReads(store, { calls: STORE_CALLS, items: STORE_ITEMS }),
  };
}
