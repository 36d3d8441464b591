import type { ModelDevice } from "../onnx/model-device";

/** What the reranker process needs to know of its model; all of it plain data. */
export interface RerankerInit {
  /** Absolute path of the folder with config, tokenizer and `onnx/`. */
  readonly folder: string;
  readonly dtype: string;
  readonly device: ModelDevice;
  /** Of one run; null: as many as there are cores. */
  readonly threads: number | null;
  /** A pair is cut to so many. */
  readonly maxTokens: number;
}

export interface ScoreRequest {
  readonly query: string;
  readonly texts: readonly string[];
}

/** Logits, one a text, in order; NaN: the model gave no usable number. */
export interface ScoreReply {
  readonly logits: readonly number[];
}
