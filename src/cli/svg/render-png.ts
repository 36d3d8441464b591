import sharp from "sharp";

/** Twice the drawing's size, for sharp words; white behind. */
const DOTS_PER_INCH = 144;

/** A drawing of our own as a PNG. Its words need a font on this machine. */
export const renderPng = (svg: string): Promise<Buffer> =>
  sharp(Buffer.from(svg), { density: DOTS_PER_INCH }).flatten({ background: "white" }).png().toBuffer();
