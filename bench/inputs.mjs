import { createRequire } from "node:module";
import { join } from "node:path";
import sharp from "sharp";
import { ROOT } from "./stage.mjs";

const { SENTENCES } = createRequire(import.meta.url)(join(ROOT, "dist/samples/sentences.js"));

/** Different texts of everyday length; another `series` gives others. */
export const texts = (count, series) =>
  Array.from({ length: count }, (_, i) => `${SENTENCES[i % SENTENCES.length].text}, ${series} ${i}`);

/** Different pictures of 800 × 600 pixels as JPEG, in the size of photographs. */
export const pictures = (count) => Promise.all(Array.from({ length: count }, picture));

async function picture(_, i) {
  const background = { r: (i * 53) % 256, g: (i * 97) % 256, b: (i * 31) % 256 };
  const noise = { type: "gaussian", mean: 128, sigma: 60 };
  return sharp({ create: { width: 800, height: 600, channels: 3, background, noise } })
    .blur(3)
    .tint(background)
    .jpeg({ quality: 85 })
    .toBuffer();
}
