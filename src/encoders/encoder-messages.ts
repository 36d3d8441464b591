import type { ModelDevice } from "../onnx/model-device";
import type { ModelLayout } from "./model-layout";
import type { Pooling } from "./text-settings";

/** What the encoder process needs to know of its model; all of it plain data. */
export interface EncoderInit {
  /** Absolute path of the folder with config, tokenizer and `onnx/`. */
  readonly folder: string;
  readonly layout: ModelLayout;
  readonly dtype: string;
  readonly device: ModelDevice;
  /** Of one run; null: as many as there are cores. */
  readonly threads: number | null;
  /** Null: the model takes texts only. */
  readonly picture: PictureInput | null;
  readonly maxTokens: number;
  /** What goes before documents, which takes some of `maxTokens`. */
  readonly documentPrefix: string;
  readonly lowerCase: boolean;
  /** How the vectors of tokens become one; null: the model does that itself. */
  readonly pooling: Pooling | null;
  /** Length of the vectors that the model gives. */
  readonly width: number;
  /** Length that vectors are cut to (Matryoshka) before they are scaled to length 1. */
  readonly dimension: number;
}

/** Side in pixels; mean and standard deviation per RGB channel, of values 0 to 1. */
export interface PictureInput {
  readonly side: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** What the encoder process says once it has loaded its model. */
export interface EncoderReady {
  /** See `Encoder.textWindow`. */
  readonly textWindow: number;
}

/** Texts with their prefix, pictures as RGB bytes of side × side × 3, or texts whose tokens are to be counted. */
export type EncoderRequest = EncodeRequest | { readonly kind: "tokens"; readonly texts: readonly string[] };
export type EncodeRequest =
  | { readonly kind: "texts"; readonly texts: readonly string[] }
  | { readonly kind: "images"; readonly images: readonly Uint8Array[] };

/** One entry an input, in order; `vector` null: the model gave no usable numbers for it. */
export interface EncodeReply {
  readonly embeddings: readonly { readonly vector: Float32Array | null; readonly truncated: boolean }[];
  /** How often the model ran for this request. */
  readonly runs: number;
}

/** One number a text, in order. */
export interface TokensReply {
  readonly tokens: readonly number[];
}

export type EncoderReply = EncodeReply | TokensReply;
