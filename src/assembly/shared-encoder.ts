import type { Config } from "../config/config";
import { BatchedEncoder } from "../encoders/batched-encoder";
import { CachedEncoder } from "../encoders/cached-encoder";
import type { Encoder } from "../ports/encoder";

/** A model as all requests share it: what comes together is encoded together, what was asked before is remembered. */
export const sharedEncoder = (model: Encoder, { batchWindowMs: windowMs, queryCacheSize }: Config): CachedEncoder =>
  new CachedEncoder(new BatchedEncoder(model, { windowMs, maxTexts: 64, maxImages: 32 }), queryCacheSize);
