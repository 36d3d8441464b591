import type { Sharp } from "./locked-sharp";
import type { ImageFormat } from "../../documents/sniff";

/** How a cleaned copy is written. */
export interface CopyFormat {
  readonly mediaType: "image/jpeg" | "image/png" | "image/webp";
  readonly write: (image: Sharp) => Sharp;
}

/** What decides how a picture is kept. */
export interface CopiedPicture {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** Of the file that came. */
  readonly bytes: number;
  /** Whether it has 256 colours at most, each written as its number. */
  readonly hasPalette: boolean;
  /** Of a JPEG: the quality that it was written at, and whether its colours are as fine as its brightness. */
  readonly quality: number | null;
  readonly hasFineColours: boolean;
  /** What transparency lies on where it cannot be kept. */
  readonly ground: string;
}

const QUALITY = 90;
/** Below the one the copy would get worse with each coat; above the other it only gets larger. */
const [MIN_QUALITY, MAX_QUALITY] = [50, 95];

/** Past this a copy is written the quick way: packing PNG well takes three times as long. */
const LARGE_PIXELS = 16_000_000;
/** Up to this a picture that came with a palette is kept with one: a third smaller, but numbering colours takes long. */
const PALETTE_PIXELS = 4_000_000;
/** A PNG that takes more than this is a photograph's: those pack a third smaller by differences, drawings do not. */
const PHOTO_BYTES_PER_PIXEL = 0.7;
const MAX_WEBP_SIDE = 16_383;
const MAX_JPEG_SIDE = 65_500;

/**
 * The format in which a picture is kept: its own where every browser shows it, a JPEG at about its own quality; PNG for
 * GIF, JPEG for HEIC, WebP for AVIF and what is transparent. Large WebP and AVIF are kept as JPEG, on a ground: writing WebP takes six
 * times as long, and fails where there is much detail.
 */
export function copyFormat(picture: CopiedPicture): CopyFormat {
  const { format, width, height, hasAlpha } = picture;
  const longestSide = Math.max(width, height);
  const isLarge = width * height > LARGE_PIXELS;
  if (format === "jpeg") return jpeg(picture);
  if (format === "png" || format === "gif") return png(picture, isLarge);
  const isJpeg = isLarge || (format === "heic" && !hasAlpha);
  if (isJpeg && longestSide <= MAX_JPEG_SIDE) return jpeg(picture);
  return longestSide <= MAX_WEBP_SIDE ? WEBP : png(picture, isLarge);
}

const WEBP: CopyFormat = {
  mediaType: "image/webp",
  write: (image) => image.webp({ quality: QUALITY, effort: 2 }),
};

/** Without dithering each colour gets its own number, but for the last of eight bits. */
const PALETTE_PNG: CopyFormat = {
  mediaType: "image/png",
  write: (image) => image.png({ palette: true, quality: 100, dither: 0, effort: 1 }),
};

function jpeg({ quality, hasFineColours, ground }: CopiedPicture): CopyFormat {
  const options = {
    quality: Math.min(MAX_QUALITY, Math.max(MIN_QUALITY, quality ?? QUALITY)),
    chromaSubsampling: hasFineColours ? "4:4:4" : "4:2:0",
    // Tables of its own would make a copy 6 % smaller and take five times as long, and memory for every coefficient.
    optimiseCoding: false,
  };
  return { mediaType: "image/jpeg", write: (image) => image.flatten({ background: ground }).jpeg(options) };
}

function png({ width, height, bytes, hasPalette }: CopiedPicture, isLarge: boolean): CopyFormat {
  if (hasPalette && width * height <= PALETTE_PIXELS) return PALETTE_PNG;
  const adaptiveFiltering = bytes / (width * height) > PHOTO_BYTES_PER_PIXEL;
  const options = { adaptiveFiltering, ...(isLarge ? { compressionLevel: 2 } : {}) };
  return { mediaType: "image/png", write: (image) => image.png(options) };
}
