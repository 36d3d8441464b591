import { join } from "node:path";
import type { Config } from "../config/config";
import { checkGoldenVectors } from "../encoders/golden-vectors";
import { openModelCalibration } from "../encoders/model-calibration";
import { resolveModel, type ModelFiles } from "../encoders/model-files";
import { startOnnxEncoder } from "../encoders/onnx-encoder";
import { progressLine } from "../encoders/progress-line";
import type { Log } from "../log";
import type { Encoder } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import type { ModelCalibration } from "../search/ranking/model-calibration";
import { EMBEDDED_MODEL_FOLDER } from "./embedded-model";

const START_TIMEOUT_MS = 300_000;

/** The files of the configuration's model, downloaded if they are not here yet, which `told` hears of. Throws as `resolveModel` does. */
export const findModel = (config: Config, log: Log, told = log): Promise<ModelFiles> =>
  resolveModel({
    model: config.model,
    revision: config.modelRevision,
    dtype: config.modelDtype,
    cacheFolder: config.cacheFolder,
    hubUrl: config.modelHubUrl,
    bundledFolder: EMBEDDED_MODEL_FOLDER,
    log,
    onProgress: progressLine(told),
  });

/** The model's process. */
export const startModel = (
  { embeddingDimension: dimension, encoderDeadlineMs: deadlineMs, modelDevice: device, modelThreads: threads }: Config,
  files: ModelFiles,
  log: Log,
) => startOnnxEncoder({ files, dimension, device, threads, startTimeoutMs: START_TIMEOUT_MS, deadlineMs, log });

/** A running model, and what decodes pictures for it. */
export interface RunningModel {
  readonly files: ModelFiles;
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
}

/** Throws MODEL_DRIFTED when the model gives other vectors than when it was first used here. */
export const checkModel = (
  { files, encoder, decoder }: RunningModel,
  { cacheFolder }: Config,
  log: Log,
): Promise<void> => checkGoldenVectors({ encoder, decoder, cacheFolder, broughtPath: files.goldenPath, log });

/** The model's own calibration: no collection has refined it. Computed where it is not known, which takes a while. */
export const calibrateModel = (model: RunningModel, { cacheFolder }: Config, log: Log): Promise<ModelCalibration> => {
  const general = async () => {
    const { drawGeneralSet } = await import("../samples/draw-general-set.js");
    return drawGeneralSet(join(cacheFolder, "general-set"));
  };
  return openModelCalibration({ ...model, general, cacheFolder, log });
};
