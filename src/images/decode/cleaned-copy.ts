import type { Sharp } from "./locked-sharp";
import type { ImageFormat } from "./sniff";

/** How a cleaned copy is written. */
export interface CopyFormat {
  readonly mediaType: "image/jpeg" | "image/png" | "image/webp";
  readonly write: (image: Sharp) => Sharp;
}

const JPEG: CopyFormat = {
  mediaType: "image/jpeg",
  write: (image) => image.flatten({ background: "#ffffff" }).jpeg({ quality: 90 }),
};
const PNG: CopyFormat = { mediaType: "image/png", write: (image) => image.png() };
const QUICK_PNG: CopyFormat = { mediaType: "image/png", write: (image) => image.png({ compressionLevel: 2 }) };
const WEBP: CopyFormat = { mediaType: "image/webp", write: (image) => image.webp({ quality: 90, effort: 2 }) };

/** Past this a copy is written the quick way: packing PNG well takes three times as long. */
const LARGE_PIXELS = 16_000_000;
const MAX_WEBP_SIDE = 16_383;
const MAX_JPEG_SIDE = 65_500;

/**
 * The format in which a picture is kept: its own where every browser shows it, PNG for GIF, WebP for AVIF. Large WebP
 * and AVIF are kept as JPEG, on white: writing WebP takes six times as long, and fails where there is much detail.
 */
export function copyFormat(format: ImageFormat, width: number, height: number): CopyFormat {
  const longestSide = Math.max(width, height);
  const isLarge = width * height > LARGE_PIXELS;
  if (format === "jpeg") return JPEG;
  if (format === "png" || format === "gif") return isLarge ? QUICK_PNG : PNG;
  if (isLarge && longestSide <= MAX_JPEG_SIDE) return JPEG;
  return longestSide <= MAX_WEBP_SIDE ? WEBP : QUICK_PNG;
}
