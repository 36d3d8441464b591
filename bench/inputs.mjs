import { createServer } from "node:http";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import sharp from "sharp";
import { cacheFolder, rootFolder } from "../scripts/setup/folders.mjs";

const require = createRequire(import.meta.url);
const { SENTENCES } = require(join(rootFolder, "dist/samples/sentences.js"));
const { drawGeneralSet } = require(join(rootFolder, "dist/samples/draw-general-set.js"));

/** Different texts of everyday length; another `series` gives others. */
export const texts = (count, series) =>
  Array.from({ length: count }, (_, i) => `${SENTENCES[i % SENTENCES.length].text}, ${series} ${i}`);

const WORDS = SENTENCES.flatMap(({ text }) => text.split(" "));
const WORDS_A_QUERY = 5;

/** Different queries of five words each; another `series` gives others. */
export const queries = (count, series) =>
  Array.from({ length: count }, (_, i) =>
    [...Array.from({ length: WORDS_A_QUERY - 1 }, (_unused, n) => wordOf(`${series} ${i} ${n}`)), `${series}${i}`].join(
      " ",
    ),
  );

const wordOf = (seed) => WORDS[[...seed].reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) >>> 0, 7) % WORDS.length];

/** Different drawings as PNG, 256 pixels a side, up to 768 of them: those of the general set as they are and mirrored. */
export async function drawings(count) {
  const pictures = await drawGeneralSet(join(cacheFolder, "general-set")).pictures();
  const ways = [(picture) => picture, (picture) => picture.flop(), (picture) => picture.flip()];
  const all = ways.flatMap((way) => pictures.map((file) => () => way(sharp(file)).png().toBuffer()));
  const made = [];
  for (const make of all.slice(0, count)) made.push(await make());
  return made;
}

/** Different pictures of 800 × 600 pixels as JPEG, in the size of photographs; another `series` gives others. */
export const photos = (count, series = 0) =>
  Promise.all(Array.from({ length: count }, (_, i) => photo(i + 1_000 * series)));

async function photo(i) {
  const background = { r: (i * 53) % 256, g: (i * 97) % 256, b: (i * 31) % 256 };
  const noise = { type: "gaussian", mean: 128, sigma: 60 };
  return sharp({ create: { width: 800, height: 600, channels: 3, background, noise } })
    .blur(3)
    .tint(background)
    .jpeg({ quality: 85 })
    .toBuffer();
}

const SPECKS_SIDE = 64;

/** New pictures of noise, which cost next to nothing to make: for clients that store without a pause. */
export const specks = (count) =>
  Promise.all(
    Array.from({ length: count }, () => {
      const raw = { width: SPECKS_SIDE, height: SPECKS_SIDE, channels: 3 };
      return sharp(randomBytes(3 * SPECKS_SIDE ** 2), { raw })
        .png({ compressionLevel: 0 })
        .toBuffer();
    }),
  );

/** A host on this machine that serves files which are given to it; `name` is what a server must be allowed to fetch from. */
export async function serveFiles() {
  let files = [];
  const server = createServer(({ url }, response) => response.end(files[Number(url.slice(1))]));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const name = `127.0.0.1:${server.address().port}`;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { name, url: `http://${name}`, serve: (given) => (files = given), stop };
}
