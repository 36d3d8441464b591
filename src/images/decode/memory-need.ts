import type { ImageFormat } from "../../documents/sniff";

/** What a picture's header says that decides how much memory unpacking it takes. */
export interface Unpacking {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly hasAlpha: boolean;
  readonly bitsPerSample: number;
  /** JPEG: progressive; PNG: interlaced. */
  readonly isProgressive: boolean;
  /** Whether EXIF says that it is stored turned or mirrored. */
  readonly isTurned: boolean;
}

const DECODER_ITSELF_BYTES = 100_000_000;

/**
 * How much memory a decoder process takes at most while it unpacks such a picture of `fileBytes`. Measured with pictures
 * of 50 megapixels, then rounded up by about a tenth.
 */
export function memoryNeedBytes(picture: Unpacking, fileBytes: number): number {
  const pixels = picture.width * picture.height;
  const unpackedBytes = picture.hasAlpha ? 4 : 3;
  const turningBytes = picture.isTurned ? unpackedBytes : 0;
  const perPixel = Math.max(unpackedBytes + turningBytes + loaderBytes(picture), unpackedBytes + WRITING_BYTES);
  return DECODER_ITSELF_BYTES + 3 * fileBytes + pixels * perPixel;
}

/** Measured when JPEGs were written with tables of their own, for which every coefficient is held: now there is room to spare. */
const WRITING_BYTES = 7;

/** Bytes for each pixel that a loader holds, besides the unpacked picture. */
function loaderBytes({ format, channels, bitsPerSample, isProgressive }: Unpacking): number {
  const sampleBytes = bitsPerSample > 8 ? 2 : 1;
  switch (format) {
    case "jpeg":
      return isProgressive ? 2 * channels : 0;
    case "png":
      return isProgressive ? sampleBytes * channels + 1 : 0;
    case "webp":
    case "gif":
      return 5;
    case "avif":
      return sampleBytes > 1 ? 22 : 15;
    case "heic":
      // libheif's memory, then a PNG of all pixels.
      return 9;
  }
}
