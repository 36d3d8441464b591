import sharp from "sharp";
import type { PictureShape } from "../../src/ports/encoder";

export type Rgb = readonly [red: number, green: number, blue: number];

/** As JinaCLIP wants pictures, in another size. */
export const coverShape = (side: number): PictureShape => ({
  side,
  fit: "cover",
  scaledTo: side,
  filter: "bicubic",
  resampler: "libvips",
});

/** A PNG of one colour. */
export async function plainPng([r, g, b]: Rgb, width = 32, height = width): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer();
}

/** The same as a JPEG, 32 pixels wide. */
export const plainJpeg = async (colour: Rgb): Promise<Buffer> =>
  sharp(await plainPng(colour))
    .jpeg()
    .toBuffer();

export const plainBase64 = async (colour: Rgb, width?: number): Promise<string> =>
  (await plainPng(colour, width)).toString("base64");
