import type { Config } from "../config/config";
import type { Log } from "../log";
import type { Encoder } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import type { ModelCalibration } from "../search/ranking/model-calibration";
import { calibrateModel, checkModel, findModel, startModel } from "./model";
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
  const opened = new Opened(log);
  try {
    const files = await findModel(config, log, { ...log, info: (_, message) => tell(message) });
    const starting = [startModel(config, files, log), startPictureDecoder(config, log)] as const;
    const [encoder, decoder] = await opened.keepAll(starting);
    const model = { files, encoder, decoder };
    await checkModel(model, config, log);
    const calibration = await calibrateModel(model, config, log);
    return { encoder, decoder, calibration, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
