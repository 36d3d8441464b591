import { readFile } from "node:fs/promises";
import { randomFrom } from "../random.mjs";
import { sharp } from "../pictures/sharp.mjs";

const WIDTH = 160;
const HEIGHT = 120;
const RESTARTS = new URL("../../test/fixtures/pictures/restarts.jpg", import.meta.url);

/** A drawing with smooth and busy parts, so that what is lost of it shows wherever it was. */
function drawing() {
  const random = randomFrom(11);
  const rgb = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const isBusy = (x >> 4) % 2 === (y >> 4) % 2;
      const blue = isBusy ? 40 + random.below(60) : 200;
      rgb.set([(x * 255) / WIDTH, (y * 255) / HEIGHT, blue], (y * WIDTH + x) * 3);
    }
  }
  return sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

const MAKERS = {
  baseline: () => drawing().jpeg({ quality: 80 }).toBuffer(),
  fine: () => drawing().jpeg({ quality: 92, chromaSubsampling: "4:4:4" }).toBuffer(),
  progressive: () => drawing().jpeg({ quality: 80, progressive: true }).toBuffer(),
  grey: () => drawing().toColourspace("b-w").jpeg({ quality: 80 }).toBuffer(),
  signed: () =>
    drawing()
      .withExif({ IFD0: { Copyright: "me" } })
      .withIccProfile("srgb")
      .jpeg()
      .toBuffer(),
  restarts: () => readFile(RESTARTS),
};

/** Whole JPEGs of every kind of coding that cameras, phones and the web use, by name. */
export async function makeSeeds() {
  return Object.fromEntries(
    await Promise.all(Object.entries(MAKERS).map(async ([name, make]) => [name, await make()])),
  );
}
