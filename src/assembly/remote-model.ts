import type { Config } from "../config/config";
import { remoteAddress, type RemoteProtocol } from "../encoders/remote/remote-address";
import type { Log } from "../log";
import type { Encoder } from "../ports/encoder";

const START_TIMEOUT_MS = 60_000;

/** A model on another machine: there is nothing of it here. */
export interface RemoteModel {
  /** Its address. */
  readonly model: string;
  readonly protocol: RemoteProtocol;
  readonly calibrationPath: null;
  readonly goldenPath: null;
}

/** The model at the address that a configuration has for one. Throws INVALID_CONFIGURATION where it does not tell how it is spoken to. */
export function remoteModel({ model, modelProtocol }: Config): RemoteModel {
  const { protocol } = remoteAddress(model, modelProtocol);
  return { model, protocol, calibrationPath: null, goldenPath: null };
}

/** Throws as `openRemoteEncoder` does. */
export const startRemoteModel = async (
  config: Config,
  { model, protocol }: RemoteModel,
  log: Log,
): Promise<Encoder> => {
  const { openRemoteEncoder } = await import("../encoders/remote/open-remote-encoder.js");
  return openRemoteEncoder({
    model,
    protocol,
    name: config.modelName,
    revision: config.modelRevision,
    apiKey: config.modelApiKey,
    imageSide: config.modelImageSide,
    queryPrefix: config.modelQueryPrefix,
    cacheFolder: config.cacheFolder,
    dimension: config.embeddingDimension,
    startTimeoutMs: START_TIMEOUT_MS,
    deadlineMs: config.encoderDeadlineMs,
    log,
  });
};
