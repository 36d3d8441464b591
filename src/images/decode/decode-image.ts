import type { PictureShape } from "../../ports/encoder";
import type { DecodedImage } from "../../ports/image-decoder";
import { copyFormat } from "./cleaned-copy";
import { groundOf, WHITE } from "./ground";
import { lockedSharp, type Sharp } from "./locked-sharp";
import { type DecodeLimits, type OpenPicture, withPicture } from "./open-picture";
import { pillowSquare } from "./pillow-resample";

/** One picture, decoded and cleaned. Throws UNSUPPORTED_MEDIA_TYPE, TOO_LARGE or INVALID_IMAGE. */
export const decodeImage = (bytes: Uint8Array, shape: PictureShape, limits: DecodeLimits): Promise<DecodedImage> =>
  withPicture(bytes, limits, (picture) => decode(picture, shape));

/** Unpacks once, for both the copy and the model's pixels: unpacking is what takes long with AVIF and interlaced PNG. */
async function decode(picture: OpenPicture, shape: PictureShape): Promise<DecodedImage> {
  const { side, resampler } = shape;
  const { data, info } = await picture.upright().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const unpacked = () => lockedSharp(data, { raw: info, limitInputPixels: false });
  const hasAlpha = info.channels === 4;
  const channels = hasAlpha ? 4 : 3;
  const square = await squareSamples(unpacked(), side, channels);
  const ground = hasAlpha ? groundOf(square) : WHITE;
  const libvips = () => (hasAlpha ? onGround(square, side, ground) : square);
  const pillow = () => pillowSquare({ data, width, height, channels, ground: numbersOf(ground) }, shape);
  const rgb = resampler === "libvips" ? await libvips() : pillow();
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

/** "#ffffff" as three numbers of 0 to 255. */
const numbersOf = (ground: string): [number, number, number] => {
  const [red, green, blue] = Buffer.from(ground.slice(1), "hex");
  return [red!, green!, blue!];
};

const onGround = (rgba: Uint8Array, side: number, background: string): Promise<Uint8Array> =>
  lockedSharp(rgba, { raw: { width: side, height: side, channels: 4 } })
    .flatten({ background })
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
