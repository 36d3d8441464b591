import type { ThumbnailType } from "../../documents/thumbnail";
import { groundOf } from "./ground";
import { lockedSharp, type Sharp } from "./locked-sharp";
import { type DecodeLimits, withPicture } from "./open-picture";

/** A copy of our own making is read whatever strangers may send now: it was within the limits when it came. */
const OWN: DecodeLimits = { maxImageBytes: Infinity, maxImagePixels: Infinity, maxMemoryBytes: Infinity };

/** Strips are made narrower than was asked for, so that a thumbnail of any picture is quick to make. */
const MAX_HEIGHT_PER_WIDTH = 2;

/** Widest AVIF that is worth packing tighter: effort 2 takes 0.2 s here, and 2.4 s at 2,048 pixels. */
const MAX_PACKED_WIDTH = 512;

/** Of a kept copy, at most `width` pixels wide and twice as high, never enlarged. Throws INVALID_IMAGE. */
export const makeThumbnail = (bytes: Uint8Array, width: number, mediaType: ThumbnailType): Promise<Uint8Array> =>
  withPicture(bytes, OWN, async ({ upright }) => {
    const height = width * MAX_HEIGHT_PER_WIDTH;
    const scaled = upright().resize({ width, height, fit: "inside", withoutEnlargement: true });
    return mediaType === "image/jpeg" ? writeJpeg(scaled) : write(scaled, width, mediaType).toBuffer();
  });

const write = (image: Sharp, width: number, mediaType: ThumbnailType): Sharp =>
  mediaType === "image/webp"
    ? image.webp({ quality: 80 })
    : image.avif({ quality: 55, effort: width <= MAX_PACKED_WIDTH ? 2 : 0 });

/** JPEG knows no transparency: what is clear gets a ground. */
async function writeJpeg(image: Sharp): Promise<Uint8Array> {
  const { data, info } = await image.ensureAlpha().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const unpacked = lockedSharp(data, { raw: info });
  return unpacked
    .flatten({ background: groundOf(data) })
    .jpeg({ quality: 80 })
    .toBuffer();
}
