import type { Config } from "../config/config";
import { BatchedEncoder } from "../encoders/batched-encoder";
import { CachedEncoder } from "../encoders/cached-encoder";
import { isRemoteModel, remoteAddress } from "../encoders/remote/remote-address";
import type { Encoder } from "../ports/encoder";

/** One that is far away is not idle while batches travel; but another Parallax encodes few large ones sooner than many small ones. */
const BATCHES_TO = { parallax: 3, api: 4 };

/** A model as all requests share it: what comes together is encoded together, what was asked before is remembered. */
export function sharedEncoder(
  encoder: Encoder,
  config: Pick<Config, "model" | "modelProtocol" | "batchWindowMs" | "queryCacheSize">,
): CachedEncoder {
  const options = { windowMs: config.batchWindowMs, maxTexts: 64, maxImages: 32, atOnce: batchesAtOnce(config) };
  return new CachedEncoder(new BatchedEncoder(encoder, options), config.queryCacheSize);
}

function batchesAtOnce({ model, modelProtocol }: Pick<Config, "model" | "modelProtocol">): number {
  if (!isRemoteModel(model)) return 1;
  return remoteAddress(model, modelProtocol).protocol === "parallax" ? BATCHES_TO.parallax : BATCHES_TO.api;
}
