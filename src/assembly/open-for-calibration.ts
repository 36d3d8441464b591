import type { Config } from "../config/config";
import {
  encodeCaptioned,
  forgetOwnCalibration,
  keepOwnCalibration,
  type Captioned,
  type CaptionedEncoding,
} from "../encoders/own-calibration";
import type { Outcome } from "../errors";
import type { Log } from "../log";
import type { CaptionedVectors } from "../search/ranking/captioned-sample";
import type { GeneralSample } from "../search/ranking/model-calibration";
import { openUncalibrated } from "./open-model";

/** A model whose calibration is to be made from a set of the operator's own. */
export interface ModelForCalibration {
  readonly name: string;
  readonly takesPictures: boolean;
  encode(
    items: readonly Captioned[],
    options: Pick<CaptionedEncoding, "onProgress" | "interrupted">,
  ): Promise<Outcome<CaptionedVectors>[]>;
  /** The path of the file that holds it from now on. */
  keep(sample: GeneralSample): Promise<string>;
  /** Back to what the model was calibrated by before any set of one's own. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** The configuration's model; `tell` hears of a download. Throws as `openModel` does. */
export async function openForCalibration(
  config: Config,
  log: Log,
  tell: (line: string) => void,
): Promise<ModelForCalibration> {
  const { encoder, decoder, close } = await openUncalibrated(config, log, tell);
  return {
    name: encoder.fingerprint.model,
    takesPictures: encoder.picture !== null,
    encode: (items, options) => encodeCaptioned(items, { encoder, decoder, ...options }),
    keep: (sample) => keepOwnCalibration(sample, config.cacheFolder, encoder),
    forget: () => forgetOwnCalibration(config.cacheFolder, encoder),
    close,
  };
}
