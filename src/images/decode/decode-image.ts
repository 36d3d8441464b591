import type { DecodedImage } from "../../search/images";
import { copyFormat } from "./cleaned-copy";
import { groundOf } from "./ground";
import { lockedSharp, type Sharp } from "./locked-sharp";
import { type DecodeLimits, type OpenPicture, withPicture } from "./open-picture";

/** One picture, decoded and cleaned. Throws UNSUPPORTED_MEDIA_TYPE, TOO_LARGE or INVALID_IMAGE. */
export const decodeImage = (bytes: Uint8Array, side: number, limits: DecodeLimits): Promise<DecodedImage> =>
  withPicture(bytes, limits, (picture) => decode(picture, side));

/** Unpacks once, for both the copy and the model's pixels: unpacking is what takes long with AVIF and interlaced PNG. */
async function decode(picture: OpenPicture, side: number): Promise<DecodedImage> {
  const { data, info } = await picture.upright().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const unpacked = () => lockedSharp(data, { raw: info, limitInputPixels: false });
  const square = await squarePixels(unpacked(), side);
  const hasAlpha = info.channels === 4;
  const { mediaType, write } = copyFormat({ ...picture, width, height, hasAlpha, ground: square.ground });
  const cleaned = await write(unpacked()).toBuffer();
  return { pixels: { side, rgb: square.rgb }, width, height, cleaned, mediaType };
}

async function squarePixels(image: Sharp, side: number): Promise<{ rgb: Uint8Array; ground: string }> {
  const size = { width: side, height: side };
  const rgba = await image
    .resize(side, side, { fit: "cover", position: "centre", kernel: "cubic" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
  if (rgba.length !== side * side * 4) throw new Error(`${rgba.length} bytes for ${side} pixels a side`);
  const ground = groundOf(rgba);
  const rgb = await lockedSharp(rgba, { raw: { ...size, channels: 4 } })
    .flatten({ background: ground })
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
  return { rgb, ground };
}
