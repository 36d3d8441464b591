import type { PictureShape } from "../../ports/encoder";
import type { DecodedImage } from "../../ports/image-decoder";
import { copyFormat } from "./cleaned-copy";
import { groundOf, WHITE } from "./ground";
import { lockedSharp, type Sharp } from "./locked-sharp";
import { type DecodeLimits, type OpenPicture, withPicture } from "./open-picture";
import { pillowSquare } from "./pillow-resample";

/** One picture, decoded and cleaned. Throws UNSUPPORTED_MEDIA_TYPE, TOO_LARGE or INVALID_IMAGE. */
export const decodeImage = (bytes: Uint8Array, shape: PictureShape, limits: DecodeLimits): Promise<DecodedImage> =>
  withPicture(bytes, limits, async (picture) => {
    const lossless = picture.losslessCopy();
    if (lossless === null) return decodeAndEncode(picture, shape);
    const { upright, ...copy } = lossless;
    // Rows at the edges may be left out here: all of the data were looked at when they were copied.
    const { rgb } = await modelSquare(upright, shape);
    return { ...copy, pixels: { side: shape.side, rgb } };
  });

/** Unpacks once, for both the copy and the model's pixels: unpacking is what takes long with AVIF and interlaced PNG. */
async function decodeAndEncode(picture: OpenPicture, shape: PictureShape): Promise<DecodedImage> {
  const { data, info } = await picture.upright().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const unpacked = () => lockedSharp(data, { raw: info, limitInputPixels: false });
  const { rgb, ground } = await modelSquare(unpacked, shape);
  const { mediaType, write } = copyFormat({ ...picture, width, height, hasAlpha: info.channels === 4, ground });
  const cleaned = await write(unpacked()).toBuffer();
  return { pixels: { side: shape.side, rgb }, width, height, cleaned, mediaType };
}

interface Square {
  readonly rgb: Uint8Array;
  /** What transparency lies on: "#rrggbb". */
  readonly ground: string;
}

/** The model's pixels, by the arithmetic that it was trained with. */
async function modelSquare(image: () => Sharp, shape: PictureShape): Promise<Square> {
  const square = await middleSquare(image(), shape.side);
  if (shape.resampler === "libvips") return square;
  const { data, info } = await image().raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const channels = info.channels === 4 ? 4 : 3;
  const ground = numbersOf(square.ground);
  return { ...square, rgb: pillowSquare({ data, width, height, channels, ground }, shape) };
}

/**
 * The middle by libvips. A large JPEG is unpacked at a half to an eighth of its size, and then
 * scaled to half of that at least: nearer to what models are trained with than from all of its pixels.
 */
async function middleSquare(image: Sharp, side: number): Promise<Square> {
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
