import { readFile } from "node:fs/promises";
import { randomFrom } from "../random.mjs";
import { sharp } from "./sharp.mjs";

const RED = { r: 180, g: 60, b: 70 };
const EXIF = { IFD0: { Copyright: "somebody", Orientation: "6" }, IFD3: { GPSLatitude: "48/1 12/1 0/1" } };
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>`;

const plain = (width = 48, height = 40) => sharp({ create: { width, height, channels: 3, background: RED } });
function grainy(width = 64, height = 48) {
  const random = randomFrom(7);
  const pixels = Buffer.alloc(width * height * 3).map(() => random.below(256));
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const clear = () => sharp({ create: { width: 40, height: 40, channels: 4, background: { ...RED, alpha: 0.4 } } });
const grey = () => grainy().toColourspace("b-w");
const deep = () => grainy(40, 30).toColourspace("rgb16");
const cmyk = () => grainy(40, 40).toColourspace("cmyk");
const signed = (image) => image.withExif(EXIF).withXmp(XMP).withIccProfile("p3");

async function moving() {
  const frames = await Promise.all([plain(), grainy(48, 40), plain()].map((frame) => frame.png().toBuffer()));
  return sharp(frames, { join: { animated: true } });
}

/** No encoder that comes with Parallax writes them: test/fixtures/pictures/make.py does. */
const fixture = (name) => () => ({
  toBuffer: () => readFile(new URL(`../../test/fixtures/pictures/${name}`, import.meta.url)),
});

const MAKERS = {
  jpeg: [
    () => grainy().jpeg(),
    () => grainy().jpeg({ progressive: true }),
    () => grey().jpeg(),
    () => cmyk().jpeg(),
    () => cmyk().jpeg({ progressive: true }),
    () => signed(grainy()).jpeg({ chromaSubsampling: "4:4:4" }),
    fixture("restarts.jpg"),
  ],
  png: [
    () => grainy().png(),
    () => grainy().png({ progressive: true, adaptiveFiltering: true }),
    () => deep().png(),
    () => deep().ensureAlpha(0.5).png({ progressive: true }),
    () => clear().png(),
    () => plain().png({ palette: true }),
    () => grey().png(),
    () => signed(plain()).png(),
  ],
  webp: [
    () => grainy().webp(),
    () => grainy().webp({ lossless: true }),
    () => clear().webp(),
    async () => (await moving()).webp(),
    () => signed(grainy()).webp(),
  ],
  gif: [() => plain().gif(), () => grainy().gif(), () => clear().gif(), async () => (await moving()).gif()],
  avif: [
    () => grainy().avif({ effort: 0 }),
    () => clear().avif({ effort: 0 }),
    () => grainy(40, 30).avif({ effort: 0, bitdepth: 10 }),
    () => grainy().avif({ effort: 0, lossless: true }),
    () => signed(plain()).avif({ effort: 0, chromaSubsampling: "4:4:4" }),
    fixture("frames.avifs"),
  ],
  heic: ["corners", "tiled", "turned", "alpha", "wide", "grey", "deep"].map((name) => fixture(`${name}.heic`)),
};

/** Small whole pictures by format, of every kind that decoders treat apart. */
export async function makeSeeds() {
  const made = Object.entries(MAKERS).map(async ([format, makers]) => {
    const files = makers.map(async (make) => (await make()).toBuffer());
    return [format, await Promise.all(files)];
  });
  return Object.fromEntries(await Promise.all(made));
}
