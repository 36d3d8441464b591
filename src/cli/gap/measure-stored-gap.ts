import { pino } from "pino";
import { openStored } from "../../assembly/open-stored";
import { storedCalibration } from "../../assembly/stored-calibration";
import type { Config } from "../../config/config";
import { TENANT } from "../../documents/tenant";
import { AppError } from "../../errors";
import type { Fingerprint } from "../../ports/encoder";
import { principalPlane } from "../../projection/principal-plane";
import type { ModalityGap } from "../../search/modality-gap/modality-gap";
import { ModalityGapMeter } from "../../search/modality-gap/modality-gap-meter";
import { note } from "../terminal";

export interface StoredGap {
  readonly fingerprint: Fingerprint;
  readonly gap: ModalityGap;
}

/** The gap of the active collection, as a server of it would tell. Throws BAD_USER_INPUT where there is too little. */
export async function measureStoredGap(config: Config, sampleSize: number): Promise<StoredGap> {
  const { store, close } = await openStored(config, "measure", note);
  try {
    const calibration = await storedCalibration(store, config, pino({ level: config.logLevel }, pino.destination(2)));
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
