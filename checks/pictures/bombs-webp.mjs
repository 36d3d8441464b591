import { sharp } from "./sharp.mjs";

function chunk(kind, data) {
  const head = Buffer.alloc(8);
  head.write(kind, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function riff(...chunks) {
  const body = Buffer.concat([Buffer.from("WEBP", "latin1"), ...chunks.flat()]);
  const head = Buffer.from("RIFF\0\0\0\0", "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** The chunk that tells the canvas; flags: 2 animated, 16 alpha, 32 profile, 8 EXIF, 4 XMP. */
function extended(width, height, flags) {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return chunk("VP8X", data);
}

async function animationFrame(width, height, inner) {
  const data = Buffer.alloc(16);
  data.writeUIntLE(width - 1, 6, 3);
  data.writeUIntLE(height - 1, 9, 3);
  return chunk("ANMF", Buffer.concat([data, inner]));
}

const still = (side, options) =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#b43c46" } })
    .webp({ effort: 0, ...options })
    .toBuffer();
const inside = (file) => file.subarray(12);

async function animation(canvas, side, count) {
  const frame = await animationFrame(side, side, inside(await still(side)));
  return riff(extended(canvas, canvas, 2), chunk("ANIM", Buffer.alloc(6)), Array(count).fill(frame));
}

async function lying(side) {
  const file = await still(16);
  file.writeUInt16LE(side, 26);
  file.writeUInt16LE(side, 28);
  return file;
}

export const webpBombs = [
  ["WebP of 16,383 × 16,383 without its data", () => lying(16_383)],
  ["WebP of 7,000 × 7,000 without its data", () => lying(7_000)],
  [
    "WebP on a canvas of 16 million × 16 million",
    async () => riff(extended(16_777_216, 16_777_216, 0), inside(await still(16))),
  ],
  ["WebP of 49 megapixels", () => still(7_000)],
  ["WebP of 49 megapixels, lossless", () => still(7_000, { lossless: true })],
  ["WebP animation on a canvas of 7,000 × 7,000", () => animation(7_000, 16, 1_000)],
  ["WebP animation of 49 megapixels a frame", () => animation(7_000, 7_000, 5)],
  ["WebP animation of 100,000 frames", () => animation(16, 16, 100_000)],
  ["WebP animation of 10,000 frames", () => animation(16, 16, 10_000)],
  ["WebP animation whose frames are larger than its canvas", () => animation(4, 1_000, 3)],
  [
    "WebP with a profile of 15 MB of nonsense",
    async () => riff(extended(16, 16, 32), chunk("ICCP", Buffer.alloc(15_000_000, 1)), inside(await still(16))),
  ],
  [
    "WebP with 15 MB of EXIF",
    async () => riff(extended(16, 16, 8), inside(await still(16)), chunk("EXIF", Buffer.alloc(15_000_000, 73))),
  ],
];
