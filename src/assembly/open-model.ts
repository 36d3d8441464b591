import { join } from "node:path";
import type { Config } from "../config/config";
import { checkGoldenVectors } from "../encoders/golden-vectors";
import { openModelCalibration } from "../encoders/model-calibration";
import { resolveModel } from "../encoders/model-files";
import { progressLine } from "../encoders/progress-line";
import type { Log } from "../log";
import { startModelEncoder } from "./model-encoder";
import { startPictureDecoder } from "./picture-decoder";
import { drawGeneralSet } from "../samples/draw-general-set";
import type { Encoder } from "../ports/encoder";
import type { ImageDecoder } from "../ports/images";
import type { ModelCalibration } from "../search/ranking/model-calibration";

export const EMBEDDED_MODEL = "mini-clip";

export interface OpenModel {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  /** The model's own: no collection has refined it. */
  readonly calibration: ModelCalibration;
  close(): Promise<void>;
}

/** A model (mini-clip, a hub id or a folder) as the server would run it, with what decodes its pictures. */
export async function openModel(
  model: string,
  config: Config,
  log: Log,
  tell: (line: string) => void,
): Promise<OpenModel> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => void (await Promise.all(opened.map((one) => one.close())));
  try {
    const files = await findModel(model, config, log, tell);
    const dimension = model === EMBEDDED_MODEL ? null : config.embeddingDimension;
    const encoder = await startModelEncoder(config, files, dimension, log);
    opened.push(encoder);
    const decoder = await startPictureDecoder(config, log);
    opened.push(decoder);
    const { cacheFolder } = config;
    await checkGoldenVectors({ encoder, decoder, cacheFolder, broughtPath: files.goldenPath, log });
    const general = async () => drawGeneralSet(join(cacheFolder, "general-set"));
    const calibration = await openModelCalibration({ files, encoder, decoder, general, cacheFolder, log });
    return { encoder, decoder, calibration, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The embedded model has one revision and one arithmetic, whatever is set for others. */
const findModel = (model: string, config: Config, log: Log, tell: (line: string) => void) =>
  resolveModel({
    model,
    revision: model === EMBEDDED_MODEL ? "" : config.modelRevision,
    dtype: model === EMBEDDED_MODEL ? "fp32" : config.modelDtype,
    cacheFolder: config.cacheFolder,
    hubUrl: config.modelHubUrl,
    bundledFolder: join(__dirname, "../../models", EMBEDDED_MODEL),
    log,
    onProgress: progressLine({ ...log, info: (_, message) => tell(message) }),
  });
