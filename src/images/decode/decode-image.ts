import type { DecodedImage } from "../../ports/image-decoder";
import { copyFormat } from "./cleaned-copy";
import { groundOf, WHITE } from "./ground";
import { lockedSharp, type Sharp } from "./locked-sharp";
import { type DecodeLimits, type OpenPicture, withPicture } from "./open-picture";

/** One picture, decoded and cleaned. Throws UNSUPPORTED_MEDIA_TYPE, TOO_LARGE or INVALID_IMAGE. */
export const decodeImage = (bytes: Uint8Array, side: number, limits: DecodeLimits): Promise<DecodedImage> =>
  withPicture(bytes, limits, async (picture) => {
    const lossless = picture.losslessCopy();
    if (lossless === null) return decodeAndEncode(picture, side);
    const { upright, ...copy } = lossless;
    // Rows at the edges may be left out here: all of the data were looked at when they were copied.
    const { rgb } = await middleSquare(upright(), side);
    return { ...copy, pixels: { side, rgb } };
  });

/** Unpacks once, for both the copy and the model's pixels: unpacking is what takes long with AVIF and interlaced PNG. */
async function decodeAndEncode(picture: OpenPicture, side: number): Promise<DecodedImage> {
  const { data, info } = await picture.upright().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const unpacked = () => lockedSharp(data, { raw: info, limitInputPixels: false });
  const { rgb, ground } = await middleSquare(unpacked(), side);
  const { mediaType, write } = copyFormat({ ...picture, width, height, hasAlpha: info.channels === 4, ground });
  const cleaned = await write(unpacked()).toBuffer();
  return { pixels: { side, rgb }, width, height, cleaned, mediaType };
}

/**
 * The model's pixels, and what transparency lies on in them. A large JPEG is unpacked at a half to an eighth of its size, and then
 * scaled to half of that at least: nearer to what models are trained with than from all of its pixels.
 */
async function middleSquare(image: Sharp, side: number): Promise<{ rgb: Uint8Array; ground: string }> {
  const scaling = { fit: "cover", position: "centre", kernel: "cubic", fastShrinkOnLoad: false } as const;
  const scaled = image.resize(side, side, scaling).toColourspace("srgb").raw({ depth: "uchar" });
  const { data, info } = await scaled.toBuffer({ resolveWithObject: true });
  if (info.channels < 3 || data.length !== side * side * info.channels) {
    throw new Error(`${data.length} bytes for ${side} pixels a side`);
  }
  if (info.channels === 3) return { rgb: data, ground: WHITE };
  const ground = groundOf(data);
  return { rgb: await onGround(data, side, ground), ground };
}

const onGround = (rgba: Uint8Array, side: number, background: string): Promise<Uint8Array> =>
  lockedSharp(rgba, { raw: { width: side, height: side, channels: 4 } })
    .flatten({ background })
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
