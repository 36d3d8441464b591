import type { DecodedImage } from "../../ports/image-decoder";
import { copyFormat } from "./cleaned-copy";
import { groundOf, WHITE } from "./ground";
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
  const hasAlpha = info.channels === 4;
  const square = await squareSamples(unpacked(), side, hasAlpha ? 4 : 3);
  const ground = hasAlpha ? groundOf(square) : WHITE;
  const rgb = hasAlpha ? await onGround(square, side, ground) : square;
  const { mediaType, write } = copyFormat({ ...picture, width, height, hasAlpha, ground });
  const cleaned = await write(unpacked()).toBuffer();
  return { pixels: { side, rgb }, width, height, cleaned, mediaType };
}

async function squareSamples(image: Sharp, side: number, channels: 3 | 4): Promise<Uint8Array> {
  const scaled = image.resize(side, side, { fit: "cover", position: "centre", kernel: "cubic" }).toColourspace("srgb");
  const samples = await (channels === 4 ? scaled : scaled.removeAlpha()).raw({ depth: "uchar" }).toBuffer();
  if (samples.length !== side * side * channels) throw new Error(`${samples.length} bytes for ${side} pixels a side`);
  return samples;
}

const onGround = (rgba: Uint8Array, side: number, background: string): Promise<Uint8Array> =>
  lockedSharp(rgba, { raw: { width: side, height: side, channels: 4 } })
    .flatten({ background })
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
