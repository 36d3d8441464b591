import { PNG_MAGIC, pngChunk, pngHeader } from "./png.mjs";
import { sharp } from "./sharp.mjs";
import { zeros } from "./zeros.mjs";

const END = pngChunk("IEND", Buffer.alloc(0));
const png = (header, chunks) => Buffer.concat([PNG_MAGIC, pngHeader(header)].concat(chunks, END));
const pixels = (bytes) => pngChunk("IDAT", zeros(bytes));
const small = (chunks) => png({ width: 8, height: 8 }, [].concat(chunks, pixels(1)));
const text = (kind, before, bytes) => pngChunk(kind, Buffer.concat([Buffer.from(before, "latin1"), zeros(bytes)]));

const flat = (side, options) =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#b43c46" } })
    .withIccProfile("p3")
    .png(options)
    .toBuffer();

export const pngBombs = [
  ["PNG of 50,000 × 50,000", () => png({ width: 50_000, height: 50_000 }, pixels(1_000_000))],
  [
    "PNG of 50,000 × 50,000, interlaced",
    () => png({ width: 50_000, height: 50_000, interlaced: true }, pixels(1_000_000)),
  ],
  ["PNG of 2 billion × 1", () => png({ width: 0x7fffffff, height: 1 }, pixels(1_000_000))],
  ["PNG of 1 × 50 million", () => png({ width: 1, height: 50_000_000 }, pixels(200_000_000))],
  [
    "PNG of 49 megapixels, 16-bit RGBA, interlaced",
    () => png({ width: 7_000, height: 7_000, bits: 16, colour: 6, interlaced: true }, pixels(400_000_000)),
  ],
  [
    "PNG of 49 megapixels, RGBA, interlaced",
    () => png({ width: 7_000, height: 7_000, colour: 6, interlaced: true }, pixels(200_000_000)),
  ],
  ["PNG of 49 megapixels with a wide profile, interlaced", () => flat(7_000, { progressive: true })],
  ["PNG of 1 bit, 50,000 × 1,000", () => png({ width: 50_000, height: 1_000, bits: 1, colour: 0 }, pixels(6_251_000))],
  ["PNG whose data unpacks to far more than its pixels", () => png({ width: 8, height: 8 }, pixels(500_000_000))],
  ["PNG with a text of 500 MB", () => small(text("zTXt", "k\0\0", 500_000_000))],
  ["PNG with an international text of 500 MB", () => small(text("iTXt", "k\0\x01\0\0\0", 500_000_000))],
  ["PNG with a profile of 500 MB", () => small(text("iCCP", "p\0\0", 500_000_000))],
  ["PNG with 100,000 texts", () => small(Array(100_000).fill(pngChunk("tEXt", Buffer.from("k\0hello"))))],
  ["PNG with 10,000 texts of 1 MB", () => small(Array(10_000).fill(text("zTXt", "k\0\0", 1_000_000)))],
  ["PNG with 1,000,000 empty chunks", () => small(Array(1_000_000).fill(pngChunk("IDAT", Buffer.alloc(0))))],
  ["web page behind PNG magic", () => Buffer.concat([PNG_MAGIC, Buffer.from("<html><script>1</script></html>")])],
];
