import sharp, { type Sharp } from "sharp";
import { AppError } from "../errors";
import type { DecodedImage, ThumbnailType } from "../search/images";
import { sniff, type ImageFormat } from "./sniff";

// Only these loaders, only from memory: no SVG, no TIFF, no file paths, whatever the bytes say.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadNsgifBuffer",
    "VipsForeignLoadHeifBuffer",
  ],
});
sharp.cache(false);
sharp.concurrency(1);

export interface DecodeLimits {
  readonly maxImageBytes: number;
  readonly maxImagePixels: number;
}

const ACCEPTED = "Accepted are JPEG, PNG, WebP, GIF and AVIF";

const MAX_WEBP_SIDE = 16_383;

/** How the cleaned copy of each format is written. GIF: its first frame. */
const CLEANED: Record<ImageFormat, { readonly mediaType: string; readonly write: (image: Sharp) => Sharp }> = {
  jpeg: { mediaType: "image/jpeg", write: (image) => image.jpeg({ quality: 90 }) },
  png: { mediaType: "image/png", write: (image) => image.png() },
  webp: { mediaType: "image/webp", write: (image) => image.webp({ quality: 90 }) },
  gif: { mediaType: "image/png", write: (image) => image.png() },
  avif: { mediaType: "image/webp", write: (image) => image.webp({ quality: 90 }) },
};

/** One picture, decoded and cleaned. Throws UNSUPPORTED_MEDIA_TYPE, TOO_LARGE or INVALID_IMAGE. */
export async function decodeImage(bytes: Uint8Array, side: number, limits: DecodeLimits): Promise<DecodedImage> {
  if (bytes.byteLength === 0) throw new AppError("INVALID_IMAGE", `The picture has no bytes. ${ACCEPTED}.`);
  if (bytes.byteLength > limits.maxImageBytes) {
    throw new AppError(
      "TOO_LARGE",
      `The picture has ${bytes.byteLength} bytes; at most ${limits.maxImageBytes} are read. Scale it down.`,
    );
  }
  const sniffed = sniff(bytes);
  if (!("format" in sniffed)) {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", `The file looks like ${sniffed.looksLike}. ${ACCEPTED}; convert it.`);
  }
  try {
    return await decode(bytes, side, sniffed.format, limits);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError(
      "INVALID_IMAGE",
      `The ${sniffed.format.toUpperCase()} file is broken or cut off. Send the whole file.`,
      { cause: thrown },
    );
  }
}

async function decode(
  bytes: Uint8Array,
  side: number,
  format: ImageFormat,
  limits: DecodeLimits,
): Promise<DecodedImage> {
  // `failOn: "warning"` refuses a file that ends early instead of filling in grey.
  const read = () => sharp(bytes, { failOn: "warning", limitInputPixels: limits.maxImagePixels, pages: 1 });
  const longestSide = await checkPixels(bytes, limits.maxImagePixels);
  const upright = () => read().autoOrient().toColourspace("srgb");
  const { mediaType, write } = CLEANED[format === "avif" && longestSide > MAX_WEBP_SIDE ? "png" : format];
  const cleaned = await write(upright()).toBuffer({ resolveWithObject: true });
  const { data } = await upright()
    .flatten({ background: "#ffffff" })
    .resize(side, side, { fit: "cover", position: "centre", kernel: "cubic" })
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const rgb = new Uint8Array(data);
  if (rgb.length !== side * side * 3) throw new Error(`${rgb.length} bytes for ${side} pixels a side`);
  const { width, height } = cleaned.info;
  return { pixels: { side, rgb }, width, height, cleaned: new Uint8Array(cleaned.data), mediaType };
}

export async function thumbnail(bytes: Uint8Array, width: number, mediaType: ThumbnailType): Promise<Uint8Array> {
  const image = sharp(bytes).resize({ width, withoutEnlargement: true });
  return new Uint8Array(await (mediaType === "image/avif" ? image.avif() : image.webp()).toBuffer());
}

/** The longest side in pixels. Reads the header alone, before anything is unpacked; throws TOO_LARGE. */
async function checkPixels(bytes: Uint8Array, maxPixels: number): Promise<number> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false, pages: 1 }).metadata();
  if (width * height <= maxPixels) return Math.max(width, height);
  throw new AppError(
    "TOO_LARGE",
    `The picture is ${width} × ${height} pixels; at most ${maxPixels} in all are decoded. Scale it down.`,
  );
}
