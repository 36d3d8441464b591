import { join } from "node:path";
import type { Config } from "../config/config";
import { checkGoldenVectors } from "../encoders/golden-vectors";
import { openModelCalibration } from "../encoders/model-calibration";
import { resolveModel, type ModelFiles } from "../encoders/model-files";
import { startOnnxEncoder } from "../encoders/onnx-encoder";
import { progressLine } from "../onnx/progress-line";
import { LEAST_COSINE_OF_AN_API } from "../encoders/remote/api/check-api";
import { isRemoteModel } from "../encoders/remote/remote-address";
import type { Log } from "../log";
import type { Encoder } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import type { ModelCalibration } from "../search/ranking/model-calibration";
import { EMBEDDED_MODEL_FOLDER } from "./embedded-model";
import { remoteModel, startRemoteModel, type RemoteModel } from "./remote-model";

const START_TIMEOUT_MS = 300_000;

/**
 * The files of the configuration's model, downloaded if they are not here yet, which `told` hears of, or where it is remote.
 * Throws as `resolveModel` and `remoteModel` do.
 */
export const findModel = async (config: Config, log: Log, told = log): Promise<ModelFiles | RemoteModel> => {
  if (isRemoteModel(config.model)) return remoteModel(config);
  return resolveModel({
    model: config.model,
    revision: config.modelRevision,
    dtype: config.modelDtype,
    cacheFolder: config.cacheFolder,
    hubUrl: config.modelHubUrl,
    bundledFolder: EMBEDDED_MODEL_FOLDER,
    log,
    onProgress: progressLine(told),
  });
};

/** An encoder, and the process that it runs in; null: none of this machine, or none now. */
export type StartedModel = Encoder & { readonly pid: number | null };

/** The model's process, or the way to a remote one. */
export async function startModel(config: Config, files: ModelFiles | RemoteModel, log: Log): Promise<StartedModel> {
  if ("protocol" in files) return Object.assign(await startRemoteModel(config, files, log), { pid: null });
  const { embeddingDimension: dimension, encoderDeadlineMs: deadlineMs, modelDevice, modelThreads: threads } = config;
  const startTimeoutMs = START_TIMEOUT_MS;
  return startOnnxEncoder({ files, dimension, device: modelDevice, threads, startTimeoutMs, deadlineMs, log });
}

/** A running model, and what decodes pictures for it. */
export interface RunningModel {
  readonly files: ModelFiles | RemoteModel;
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
}

/**
 * Throws MODEL_DRIFTED when the model gives other vectors than when it was first used here. Another Parallax checks its
 * model itself.
 */
export async function checkModel(
  { files, encoder, decoder }: RunningModel,
  { cacheFolder }: Config,
  log: Log,
): Promise<void> {
  const golden = { encoder, decoder, cacheFolder, broughtPath: files.goldenPath, log };
  if (!("protocol" in files)) return checkGoldenVectors(golden);
  if (files.protocol !== "parallax") await checkGoldenVectors({ ...golden, leastCosine: LEAST_COSINE_OF_AN_API });
}

/**
 * The model's own calibration: no collection has refined it. Computed where it is not known, which takes a while, and not before the model
 * is `checked`: one that has drifted would leave its calibration behind.
 */
export const calibrateModel = (
  model: RunningModel,
  { cacheFolder }: Config,
  log: Log,
  checked: Promise<void> = Promise.resolve(),
): Promise<ModelCalibration> => {
  const general = async () => {
    await checked;
    const { drawGeneralSet } = await import("../samples/draw-general-set.js");
    return drawGeneralSet(join(cacheFolder, "general-set"));
  };
  return openModelCalibration({ ...model, general, cacheFolder, log });
};
