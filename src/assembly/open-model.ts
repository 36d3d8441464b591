import type { Config } from "../config/config";
import type { Log } from "../log";
import type { Encoder } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import type { ModelCalibration } from "../search/ranking/model-calibration";
import { calibrateModel, checkModel, findModel, startModel, type RunningModel } from "./model";
import { Opened } from "./opened";
import { startPictureDecoder } from "./picture-decoder";

export interface OpenModel {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  /** The model's own: no collection has refined it. */
  readonly calibration: ModelCalibration;
  close(): Promise<void>;
}

/** The configuration's model as the server would run it, with what decodes its pictures; `tell` hears of a download. */
export async function openModel(config: Config, log: Log, tell: (line: string) => void): Promise<OpenModel> {
  const model = await openUncalibrated(config, log, tell);
  try {
    return { ...model, calibration: await calibrateModel(model, config, log) };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/** The same without its calibration, which takes a while where it is not known yet. */
export async function openUncalibrated(
  config: Config,
  log: Log,
  tell: (line: string) => void,
): Promise<RunningModel & { close(): Promise<void> }> {
  const opened = new Opened(log);
  try {
    const files = await findModel(config, log, { ...log, info: (_, message) => tell(message) });
    const starting = [startModel(config, files, log), startPictureDecoder(config, log)] as const;
    const [encoder, decoder] = await opened.keepAll(starting);
    const model = { files, encoder, decoder };
    await checkModel(model, config, log);
    return { ...model, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
