import type { Config } from "../config/config";
import { TENANT } from "../documents/tenant";
import { knownCalibration } from "../encoders/known-calibration";
import type { Log } from "../log";
import type { DocumentStore } from "../ports/document-store";
import type { Calibration } from "../search/ranking/calibration";
import { CollectionCalibration } from "../search/ranking/collection-calibration";
import { EMBEDDED_MODEL_FOLDER } from "./embedded-model";

const NEVER_MS = 2 ** 31 - 1;

/** What a server of this collection has in force now, without opening its model; null where the model's own is not known here. */
export async function storedCalibration(
  store: DocumentStore,
  { cacheFolder }: Config,
  log: Log,
): Promise<Calibration | null> {
  const model = await knownCalibration(store.fingerprint, { cacheFolder, bundledFolder: EMBEDDED_MODEL_FOLDER });
  if (model === null) return null;
  const calibration = new CollectionCalibration({ model, store, tenant: TENANT, intervalMs: NEVER_MS, log });
  await calibration.refresh();
  await calibration.stop();
  return calibration.current();
}
