import { join } from "node:path";
import type { Fingerprint } from "../ports/encoder";
import { modelCalibration, type ModelCalibration } from "../search/ranking/model-calibration";
import { cachedCalibrationPath, ownCalibrationPath, readCalibrationFile } from "./calibration-file";
import { hashModelFolder, readModelFolder } from "./model-folder";

export interface KnownCalibrationFolders {
  readonly cacheFolder: string;
  /** Where the embedded mini-clip lies. */
  readonly bundledFolder: string;
}

/**
 * A model's own calibration where it can be had without running the model: it was made from a set of one's own, a server
 * kept it in this cache, or the model is the embedded one, which brings it. Else null.
 */
export async function knownCalibration(
  fingerprint: Fingerprint,
  { cacheFolder, bundledFolder }: KnownCalibrationFolders,
): Promise<ModelCalibration | null> {
  const own = await readCalibrationFile(ownCalibrationPath(cacheFolder, fingerprint), fingerprint.dimension);
  if (own.general !== null) return modelCalibration(own.general);
  const cached = cachedCalibrationPath(cacheFolder, fingerprint);
  const isBundled = await isModelOf(fingerprint, bundledFolder);
  const path = isBundled ? join(bundledFolder, "calibration.json") : cached;
  const { general, means } = await readCalibrationFile(path, fingerprint.dimension);
  return general === null ? null : modelCalibration({ ...general, ...(means === null ? {} : { means }) });
}

/** By the hash that a folder's model has as its revision. */
async function isModelOf({ model, revision, dtype }: Fingerprint, folder: string): Promise<boolean> {
  if (model !== "mini-clip") return false;
  // Another folder of that name may have been stored from, in a dtype that the embedded model lacks.
  const files = await readModelFolder(model, folder, dtype).catch(() => null);
  return files !== null && (await hashModelFolder(folder, files)) === revision;
}
