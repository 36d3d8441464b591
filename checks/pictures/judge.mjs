import { sharp } from "./sharp.mjs";

const REFUSALS = new Set(["INVALID_IMAGE", "UNSUPPORTED_MEDIA_TYPE", "TOO_LARGE"]);
const MEDIA_FORMATS = { "image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp" };
const METADATA = ["exif", "icc", "xmp", "iptc", "orientation", "comments", "tifftagPhotoshop", "gainMap"];

/** What is wrong with an answer of the decoder; null for a typed refusal or a sane picture. */
export async function faultOf(outcome, side) {
  if (!outcome.ok) return REFUSALS.has(outcome.error.code) ? null : `${outcome.error.code}: ${outcome.error.message}`;
  const { pixels, width, height, cleaned, mediaType } = outcome.value;
  if (pixels.side !== side || pixels.rgb.length !== side * side * 3) return `${pixels.rgb.length} bytes of pixels`;
  try {
    return await faultOfCopy({ cleaned, mediaType, width, height });
  } catch (error) {
    return `the cleaned copy cannot be decoded: ${error.message}`;
  }
}

async function faultOfCopy({ cleaned, mediaType, width, height }) {
  const options = { failOn: "warning", limitInputPixels: false };
  const header = await sharp(cleaned, options).metadata();
  if (header.format !== MEDIA_FORMATS[mediaType]) return `${header.format} called ${mediaType}`;
  if (header.width !== width || header.height !== height) return "the cleaned copy is of another size";
  const kept = METADATA.filter((kind) => header[kind] !== undefined);
  if (kept.length > 0) return `the cleaned copy keeps ${kept.join(", ")}`;
  await sharp(cleaned, options).resize(16, 16, { fit: "fill", kernel: "nearest" }).raw().toBuffer();
  return null;
}
