import type { Config } from "../config/config";
import { AppError } from "../errors";
import type { Thumbnails } from "../images/media/thumbnails";
import type { Log } from "../log";
import { progressLine } from "../onnx/progress-line";
import type { Reranker } from "../ports/reranker";
import { startOnnxReranker } from "../rerankers/onnx-reranker";
import { resolveReranker } from "../rerankers/reranker-files";
import type { RerankStage } from "../search/rerank";

const START_TIMEOUT_MS = 300_000;
/** For a few texts: nobody waits so long, but a process that hangs is to be ended. */
const DEADLINE_MS = 60_000;
/** Of the pictures that a reranker sees. */
const PICTURE_WIDTH = 512;
const JPEG = "image/jpeg";

/**
 * The reranker that a configuration names; null: none. Throws as `resolveReranker` and `startOnnxReranker` do, and
 * INVALID_CONFIGURATION for an address without a model's name.
 */
export async function openReranker(config: Config, log: Log, told = log): Promise<Reranker | null> {
  const { rerankModel: model, modelDevice: device, modelThreads: threads } = config;
  if (model === null) return null;
  if (/^https?:/i.test(model)) return remoteReranker(config, model, log);
  const files = await resolveReranker({
    model,
    revision: config.rerankRevision,
    dtype: config.rerankDtype,
    maxTokens: config.rerankMaxTokens,
    cacheFolder: config.cacheFolder,
    hubUrl: config.modelHubUrl,
    log,
    onProgress: progressLine(told),
  });
  return startOnnxReranker({
    files,
    device,
    threads,
    startTimeoutMs: START_TIMEOUT_MS,
    deadlineMs: DEADLINE_MS,
    log,
  });
}

async function remoteReranker(config: Config, address: string, log: Log): Promise<Reranker> {
  const {
    rerankModelName: name,
    rerankApiKey: apiKey,
    rerankTimeoutMs: timeoutMs,
    rerankMaxTokens: maxTokens,
  } = config;
  const takesPictures = config.rerankPictures === "yes";
  if (name !== null) {
    const { RemoteReranker } = await import("../rerankers/remote/remote-reranker.js");
    return new RemoteReranker({ address, name, apiKey, timeoutMs, takesPictures, maxTokens, log });
  }
  throw new AppError(
    "INVALID_CONFIGURATION",
    "RERANK_MODEL is the address of a server, so RERANK_MODEL_NAME must be the name of the model there.",
  );
}

/** How searches use it; null: none is configured. */
export const rerankStage = (
  reranker: Reranker | null,
  { rerankTimeoutMs: timeoutMs }: Config,
  thumbnails: Thumbnails,
): RerankStage | null =>
  reranker && {
    reranker,
    timeoutMs,
    readPicture: async (picture) => {
      const bytes = await thumbnails.read({ picture, width: PICTURE_WIDTH, mediaType: JPEG });
      return bytes && { mediaType: JPEG, bytes };
    },
  };
