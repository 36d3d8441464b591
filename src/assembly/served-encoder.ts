import type { Config } from "../config/config";
import { calibrationFile } from "../encoders/model-calibration";
import { EncoderService } from "../encoders/remote/parallax/encoder-service";
import type { EncoderRouteOptions } from "../http/encoder-route";
import type { RunningModel } from "./model";

/** The model for other servers that know the configuration's secret; null: for nobody. */
export const servedEncoder = (
  { files, encoder }: Pick<RunningModel, "files" | "encoder">,
  { encoderSecret: secret, cacheFolder }: Config,
): EncoderRouteOptions | null => {
  const calibration = () => calibrationFile({ files, encoder, cacheFolder });
  return secret === null ? null : { secret, encoder: new EncoderService(encoder, calibration) };
};
