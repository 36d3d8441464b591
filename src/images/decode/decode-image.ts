import type { PictureShape } from "../../ports/encoder";
import type { DecodedImage } from "../../ports/image-decoder";
import { copyFormat } from "./cleaned-copy";
import { groundOf, WHITE } from "./ground";
import { lockedSharp, type OutputInfo, type Sharp } from "./locked-sharp";
import { type DecodeLimits, type OpenPicture, withPicture } from "./open-picture";
import { pillowSquare } from "./pillow-resample";

/** One picture, decoded and cleaned. Throws UNSUPPORTED_MEDIA_TYPE, TOO_LARGE or INVALID_IMAGE. */
export const decodeImage = (bytes: Uint8Array, shape: PictureShape, limits: DecodeLimits): Promise<DecodedImage> =>
  withPicture(bytes, limits, async (picture) => {
    const lossless = picture.losslessCopy();
    if (lossless === null) {
      if (picture.mayLackItsEnd()) throw new Error("Blocks may be missing");
      return decodeAndEncode(picture, shape);
    }
    const { upright, ...copy } = lossless;
    const { rgb } = await squareOfCopy(upright(), shape);
    return { ...copy, pixels: { side: shape.side, rgb } };
  });

/**
 * The model's pixels of a copy that is known to be whole. libvips scales while it unpacks, in two thirds of the time that it
 * takes with all samples in memory in between: a few samples come out one level of 255 apart, since it rounds by strips.
 */
const squareOfCopy = async (copy: Sharp, shape: PictureShape): Promise<Square> =>
  shape.resampler === "libvips" ? middleSquare(copy, shape.side) : modelSquare(await unpack(copy), shape);

/** Unpacks once, for both the copy and the model's pixels: unpacking is what takes long with AVIF and interlaced PNG. */
async function decodeAndEncode(picture: OpenPicture, shape: PictureShape): Promise<DecodedImage> {
  const unpacked = await unpack(picture.upright());
  const { width, height, channels } = unpacked.info;
  const { rgb, ground } = await modelSquare(unpacked, shape);
  const { mediaType, write } = copyFormat({ ...picture, width, height, hasAlpha: channels === 4, ground });
  const cleaned = await write(again(unpacked)).toBuffer();
  return { pixels: { side: shape.side, rgb }, width, height, cleaned, mediaType };
}

/** All of a picture's samples, 8 bits each. */
interface Unpacked {
  readonly data: Buffer;
  readonly info: OutputInfo;
}

const unpack = (image: Sharp): Promise<Unpacked> => image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });

const again = ({ data, info }: Unpacked): Sharp => lockedSharp(data, { raw: info, limitInputPixels: false });

interface Square {
  readonly rgb: Uint8Array;
  /** What transparency lies on: "#rrggbb". */
  readonly ground: string;
}

/** The model's pixels, by the arithmetic that it was trained with. */
async function modelSquare(unpacked: Unpacked, shape: PictureShape): Promise<Square> {
  const { data, info } = unpacked;
  const { width, height, channels } = info;
  // What transparency lies on is told by libvips' square in either arithmetic.
  const isOpaque = channels === 3;
  const square = shape.resampler === "pillow" && isOpaque ? null : await middleSquare(again(unpacked), shape.side);
  if (square !== null && shape.resampler === "libvips") return square;
  const ground = square?.ground ?? WHITE;
  const pixels = { data, width, height, channels: channels === 4 ? 4 : 3, ground: numbersOf(ground) } as const;
  return { ground, rgb: pillowSquare(pixels, shape) };
}

/**
 * The middle of a picture by libvips, and what transparency lies on in it. In a colour space that is named, with which libvips
 * unpacks all samples of a JPEG: one that is unpacked at a part of its size gives other vectors than those that are stored already.
 */
async function middleSquare(image: Sharp, side: number): Promise<Square> {
  const scaling = { fit: "cover", position: "centre", kernel: "cubic" } as const;
  const scaled = image.pipelineColourspace("srgb").resize(side, side, scaling).toColourspace("srgb");
  const { data, info } = await scaled.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
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
