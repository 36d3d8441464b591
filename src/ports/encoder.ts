import { AppError, type Outcome } from "../errors";
import type { Vector } from "../documents/document";
import type { Gone } from "./gone";

/** What makes vectors comparable: two encoders with equal fingerprints give the same vector for the same input. */
export interface Fingerprint {
  /** Hub id ("jinaai/jina-clip-v1"), folder name ("mini-clip"), or what an API calls it. */
  readonly model: string;
  /** Commit of the hub repository, a hash over the folder's files, or what the operator calls an API's. */
  readonly revision: string;
  /** Arithmetic of the ONNX files: fp32, fp16, q8 …; of an API, how it is spoken to: jina, openai … */
  readonly dtype: string;
  /** Length of the vectors. */
  readonly dimension: number;
  /** How a picture becomes `pixel_values`, in a few words: "shortest 96 bicubic centre"; of a text model, how it pools; of an API, what it is sent. */
  readonly preprocessing: string;
}

/** What an embedding is for: some models put a prefix before queries. */
export type EncodingRole = "query" | "document";

export interface Embedding {
  readonly vector: Vector;
  /** True when the input was longer than the model reads, as far as it tells; always false for pictures. */
  readonly truncated: boolean;
  /** How long it waited for its batch to begin, in milliseconds; left out where nothing is batched. */
  readonly queuedMs?: number;
}

/** How a model wants a whole picture made into a small square. */
export interface PictureShape {
  /** Both sides of the square that the model sees, in pixels. */
  readonly side: number;
  /** "cover": the shorter side is scaled to `scaledTo`, then the middle is cut out; "squash": each side is scaled to `side`. */
  readonly fit: "cover" | "squash";
  readonly scaledTo: number;
  readonly filter: "bicubic" | "bilinear" | "lanczos";
  /** Whose arithmetic: their filters of one name differ by a few levels of 255, which a vector shows. */
  readonly resampler: "libvips" | "pillow";
}

/** A picture ready for the model: RGB, 8 bits, `side` × `side`, row by row, no alpha. */
export interface Pixels {
  readonly side: number;
  readonly rgb: Uint8Array;
}

/**
 * Turns texts and pictures into unit vectors of one shared space. Results keep the order and length of the input; an
 * item that cannot be encoded is a failed outcome (ENCODER_FAILED, ENCODER_UNAVAILABLE, WORKER_UNAVAILABLE;
 * PICTURES_UNSUPPORTED for each picture where the model takes texts only) and holds nobody back. Throws only when closed, and
 * the reason of who is `gone` before the model begins on what waits.
 */
export interface Encoder {
  readonly fingerprint: Fingerprint;
  readonly dimension: number;
  /** What `encodeImages` expects; null: the model takes texts only. */
  readonly picture: PictureShape | null;
  /** How many tokens of a document the model reads, besides those that it adds itself; null: it does not tell. */
  readonly textWindow: number | null;
  encodeTexts(texts: readonly string[], role: EncodingRole, gone?: Gone | null): Promise<Outcome<Embedding>[]>;
  encodeImages(images: readonly Pixels[], role: EncodingRole, gone?: Gone | null): Promise<Outcome<Embedding>[]>;
  /** Tokens of each text, without those that the model adds; an estimate where `textWindow` is null. */
  countTokens(texts: readonly string[]): Promise<number[]>;
  /** Resolves when the model answers, else throws. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The shape that an encoder wants pictures in. Throws PICTURES_UNSUPPORTED where it takes none. */
export function pictureShapeOf(encoder: Encoder): PictureShape {
  if (encoder.picture === null) throw picturesUnsupported(encoder);
  return encoder.picture;
}

/** The error of every picture where the model takes texts only. */
export const picturesUnsupported = ({ fingerprint }: Encoder): AppError =>
  new AppError(
    "PICTURES_UNSUPPORTED",
    `The model ${fingerprint.model} takes texts only. Send a text, or use a server whose model takes pictures.`,
  );
