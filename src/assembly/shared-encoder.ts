import type { Config } from "../config/config";
import { BatchedEncoder } from "../encoders/batched-encoder";
import { CachedEncoder } from "../encoders/cached-encoder";
import { isRemoteModel } from "../encoders/remote/remote-address";
import { REMOTE_BATCHES_AT_ONCE } from "../encoders/remote/remote-calls";
import type { Encoder } from "../ports/encoder";

/** A model as all requests share it: what comes together is encoded together, what was asked before is remembered. */
export function sharedEncoder(
  encoder: Encoder,
  { model, batchWindowMs: windowMs, queryCacheSize }: Config,
): CachedEncoder {
  // One that is far away is not idle while batches travel.
  const atOnce = isRemoteModel(model) ? REMOTE_BATCHES_AT_ONCE : 1;
  return new CachedEncoder(
    new BatchedEncoder(encoder, { windowMs, maxTexts: 64, maxImages: 32, atOnce }),
    queryCacheSize,
  );
}
