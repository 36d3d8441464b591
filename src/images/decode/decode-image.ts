import type { DecodedImage } from "../../search/images";
import { copyFormat } from "./cleaned-copy";
import { lockedSharp, type Sharp } from "./locked-sharp";
import { type DecodeLimits, type OpenPicture, withPicture } from "./open-picture";

/** One picture, decoded and cleaned. Throws UNSUPPORTED_MEDIA_TYPE, TOO_LARGE or INVALID_IMAGE. */
export const decodeImage = (bytes: Uint8Array, side: number, limits: DecodeLimits): Promise<DecodedImage> =>
  withPicture(bytes, limits, (picture) => decode(picture, side));

/** Unpacks once, for both the copy and the model's pixels: unpacking is what takes long with AVIF and interlaced PNG. */
async function decode({ format, upright }: OpenPicture, side: number): Promise<DecodedImage> {
  const { data, info } = await upright().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const unpacked = () => lockedSharp(data, { raw: info, limitInputPixels: false });
  const { mediaType, write } = copyFormat(format, width, height);
  const rgb = await squarePixels(unpacked(), side);
  const cleaned = await write(unpacked()).toBuffer();
  return { pixels: { side, rgb }, width, height, cleaned, mediaType };
}

async function squarePixels(image: Sharp, side: number): Promise<Uint8Array> {
  const rgb = await image
    .flatten({ background: "#ffffff" })
    .resize(side, side, { fit: "cover", position: "centre", kernel: "cubic" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
  if (rgb.length !== side * side * 3) throw new Error(`${rgb.length} bytes for ${side} pixels a side`);
  return rgb;
}
