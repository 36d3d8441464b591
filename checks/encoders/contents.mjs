// Texts and pictures with the vectors that they must be stored with: computed here, from the stub's rule alone.
import { createRequire } from "node:module";
import { sharp } from "../pictures/sharp.mjs";
import { unit, vectorOf } from "./vectors.mjs";

const require = createRequire(import.meta.url);
const { contentHash, documentId } = require("../../dist/documents/document.js");

const TENANT = "default";
/** Every so-many-th text is one that the API never takes. */
const POISON_EVERY = 250;
const LENGTHS = [3, 8, 20, 60];
const LONG_EVERY = 40;
const LONG = 300;
/** What the API reads; longer texts it refuses. */
export const MOST_WORDS = 400;

/** Texts, some of them poison: { item, id, vector }; a poisoned one's vector is null. */
export const makeTexts = (count, dimension) =>
  Array.from({ length: count }, (_, i) => {
    const poison =
      i % POISON_EVERY === 7 ? ` poison: ${Math.floor(i / POISON_EVERY) % 2 === 0 ? "refused" : "deadly"}` : "";
    const text = `text ${i}${" and a word".repeat(i % LONG_EVERY === 9 ? LONG : LENGTHS[i % LENGTHS.length])}${poison}`;
    const vector = poison === "" ? unit(vectorOf(Buffer.from(asRead(text)), dimension)) : null;
    return { item: { text }, id: documentId(TENANT, "text", null, contentHash(text)), vector };
  });

/** Cut in half until it is taken. */
const asRead = (text, length = text.length) => {
  const cut = text.slice(0, length);
  return cut.split(" ").length <= MOST_WORDS ? cut : asRead(text, length >> 1);
};

/** Pictures of the side that the API gets, so that nothing is scaled: noise, each of its own. */
export const makePictures = (count, side, dimension, random) =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const rgb = Buffer.from(Uint8Array.from({ length: side * side * 3 }, () => random.below(256)));
      const file = await sharp(rgb, { raw: { width: side, height: side, channels: 3 } })
        .png()
        .toBuffer();
      const item = { image: { base64: file.toString("base64") } };
      return { item, id: documentId(TENANT, "image", null, contentHash(file)), vector: unit(vectorOf(rgb, dimension)) };
    }),
  );
