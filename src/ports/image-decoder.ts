import type { ThumbnailType } from "../documents/thumbnail";
import type { Outcome } from "../errors";
import type { PictureShape, Pixels } from "./encoder";
import type { Gone } from "./gone";

/** A picture that has been read whole, turned upright and cleaned of metadata. */
export interface DecodedImage {
  /** In the shape that was asked for; transparency on white. */
  readonly pixels: Pixels;
  /** Size in pixels, upright, of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** The whole picture, without a byte of what came with it: safe to show. */
  readonly cleaned: Uint8Array;
  /** Media type of `cleaned`. */
  readonly mediaType: string;
}

/** Who waits for a picture: a query comes before documents, which come by the hundred. */
export type Urgency = "query" | "document";

/**
 * Turns a stranger's bytes into pictures. Results keep the order and length of the input; failures are INVALID_IMAGE,
 * UNSUPPORTED_MEDIA_TYPE or TOO_LARGE outcomes.
 */
export interface ImageDecoder {
  /** `urgency`: "document" unless it is said otherwise. For who is `gone` before the turn of a picture, that fails with the reason. */
  decode(
    files: readonly Uint8Array[],
    shape: PictureShape,
    urgency?: Urgency,
    gone?: Gone | null,
  ): Promise<Outcome<DecodedImage>[]>;
  /** A copy at most `width` pixels wide and at most twice as high, never enlarged. Throws as `decode` fails. */
  thumbnail(file: Uint8Array, width: number, mediaType: ThumbnailType): Promise<Uint8Array>;
  close(): Promise<void>;
}
