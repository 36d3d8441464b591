import { join } from "node:path";
import { pino } from "pino";
import type { Config } from "../../config/config";
import { knownCalibration } from "../../encoders/known-calibration";
import { AppError } from "../../errors";
import { principalPlane } from "../../projection/principal-plane";
import type { DocumentStore } from "../../ports/document-store";
import type { Fingerprint } from "../../ports/encoder";
import type { ModalityGap } from "../../search/modality-gap/modality-gap";
import { ModalityGapMeter } from "../../search/modality-gap/modality-gap-meter";
import type { Calibration } from "../../search/ranking/calibration";
import { CollectionCalibration } from "../../search/ranking/collection-calibration";
import { TENANT } from "../../documents/tenant";
import { note } from "../terminal";
import { openStored } from "../../assembly/open-stored";

const BUNDLED_FOLDER = join(__dirname, "../../../models/mini-clip");
const NEVER_MS = 2 ** 31 - 1;

export interface StoredGap {
  readonly fingerprint: Fingerprint;
  readonly gap: ModalityGap;
}

/** The gap of the active collection, as a server of it would tell. Throws BAD_USER_INPUT where there is too little. */
export async function measureStoredGap(config: Config, sampleSize: number): Promise<StoredGap> {
  const { store, close } = await openStored(config, "measure", note);
  try {
    const calibration = await calibrationOf(store, config);
    const meter = new ModalityGapMeter({ store, calibration: () => calibration, project: principalPlane });
    const gap = await meter.measure(TENANT, sampleSize);
    if (gap === null) throw tooFew();
    return { fingerprint: store.fingerprint, gap };
  } finally {
    await close();
  }
}

const tooFew = (): AppError =>
  new AppError("BAD_USER_INPUT", "There is too little to measure: store at least 16 texts and 16 pictures first.");

/** What a server has in force now; null where the model's own is not known here. */
async function calibrationOf(store: DocumentStore, config: Config): Promise<Calibration | null> {
  const { cacheFolder, logLevel } = config;
  const model = await knownCalibration(store.fingerprint, { cacheFolder, bundledFolder: BUNDLED_FOLDER });
  if (model === null) return null;
  const log = pino({ level: logLevel }, pino.destination(2));
  const calibration = new CollectionCalibration({ model, store, tenant: TENANT, intervalMs: NEVER_MS, log });
  await calibration.refresh();
  await calibration.stop();
  return calibration.current();
}
