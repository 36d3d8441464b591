import type { Config } from "../config/config";
import { startJinaClip } from "../encoders/jina-clip";
import { resolveModel, type ModelFiles, type ModelRequest } from "../encoders/model-files";
import { openRemoteEncoder } from "../encoders/remote/open-remote-encoder";
import { isRemoteModel } from "../encoders/remote/remote-address";
import { REMOTE_BATCHES_AT_ONCE } from "../encoders/remote/remote-calls";
import type { Log } from "../log";
import type { Encoder } from "../ports/encoder";

const START_TIMEOUT_MS = 300_000;
const REMOTE_START_TIMEOUT_MS = 60_000;

/** A model on another machine: there is nothing of it here. */
export interface RemoteModel {
  /** Its address. */
  readonly model: string;
  readonly calibrationPath: null;
}

/** An encoder, and the process that it runs in; null: none of this machine, or none now. */
export type StartedEncoder = Encoder & { readonly pid: number | null };

/** What a request names: a model's files, on this machine by then, or an address. Throws as `resolveModel`. */
export const findModel = async (request: ModelRequest): Promise<ModelFiles | RemoteModel> =>
  isRemoteModel(request.model) ? { model: request.model, calibrationPath: null } : resolveModel(request);

/** The encoder that a configuration asks for, of a model that was found; `dimension`: null for the model's own. */
export async function startModelEncoder(
  config: Config,
  found: ModelFiles | RemoteModel,
  dimension: number | null,
  log: Log,
): Promise<StartedEncoder> {
  const { encoderDeadlineMs: deadlineMs, modelDevice: device, modelThreads: threads } = config;
  if ("folder" in found) {
    return startJinaClip({
      files: found,
      dimension,
      device,
      threads,
      startTimeoutMs: START_TIMEOUT_MS,
      deadlineMs,
      log,
    });
  }
  const remote = await openRemoteEncoder({
    model: found.model,
    protocol: config.modelProtocol,
    name: config.modelName,
    revision: config.modelRevision,
    apiKey: config.modelApiKey,
    imageSide: config.modelImageSide,
    queryPrefix: config.modelQueryPrefix,
    cacheFolder: config.cacheFolder,
    dimension,
    startTimeoutMs: REMOTE_START_TIMEOUT_MS,
    deadlineMs,
    log,
  });
  return Object.assign(remote, { pid: null });
}

/** How many batches a model of that name takes side by side: one that is far away is not idle while others travel. */
export const batchesAtOnce = (model: string): number => (isRemoteModel(model) ? REMOTE_BATCHES_AT_ONCE : 1);
