import type { Config } from "../config/config";
import type { ModelFiles } from "../encoders/model-files";
import { startOnnxEncoder } from "../encoders/onnx-encoder";
import type { Log } from "../log";

const START_TIMEOUT_MS = 300_000;

/** The encoder that a configuration asks for, on a model's files; `dimension`: null for the model's own. */
export const startModelEncoder = (
  { encoderDeadlineMs: deadlineMs, modelDevice: device, modelThreads: threads }: Config,
  files: ModelFiles,
  dimension: number | null,
  log: Log,
) => startOnnxEncoder({ files, dimension, device, threads, startTimeoutMs: START_TIMEOUT_MS, deadlineMs, log });
