import { cleanJpeg } from "./jpeg/clean-jpeg";
import { lockedSharp, type Metadata, type Sharp, STRICT } from "./locked-sharp";
import { cleanPng } from "./png/clean-png";
import type { ImageFormat } from "../../documents/sniff";

/** A cleaned copy that holds the data of the file that came, and no other byte of it. */
export interface LosslessCopy {
  readonly cleaned: Uint8Array;
  readonly mediaType: "image/jpeg" | "image/png";
  readonly width: number;
  readonly height: number;
  /** Of the copy: 8 bits a sample, sRGB. */
  upright(): Sharp;
}

/**
 * A cleaned copy with the data as they are. Null for a picture in other colours than sRGB, since a profile is the sender's
 * too, and for all of which it is not known where its data end: WebP, GIF, AVIF, oddly written files. Whether it is whole
 * and shows something is only known when it has been unpacked.
 */
export function losslessCopy(format: ImageFormat, bytes: Uint8Array, header: Metadata): LosslessCopy | null {
  const { icc, width, height } = header;
  if (icc !== undefined || (format !== "jpeg" && format !== "png")) return null;
  const cleaned = format === "jpeg" ? cleanJpeg(bytes) : cleanPng(bytes);
  if (cleaned === null) return null;
  const upright = () => lockedSharp(cleaned, { ...STRICT, limitInputPixels: false }).toColourspace("srgb");
  return { cleaned, mediaType: `image/${format}`, width, height, upright };
}
