import { claimingSize, gridOf } from "./grid.mjs";
import { sharp } from "./sharp.mjs";

const flat = (width, height = width) =>
  sharp({ create: { width, height, channels: 3, background: "#b43c46" } })
    .avif({ effort: 0 })
    .toBuffer();

const claiming = async (width, height, side) => claimingSize(await flat(side), width, height);

const AV1 = { item: "av01", configuration: "av1C", brand: "avif" };
const grid = async (perSide, tileSide = 64) => gridOf(await flat(tileSide), perSide, tileSide, AV1);

export const avifBombs = [
  ["AVIF of 65,535 × 65,535", () => claiming(65_535, 65_535, 64)],
  ["AVIF of 7,000 × 7,000 in 64", () => claiming(7_000, 7_000, 64)],
  ["AVIF that says 64 × 64 and holds 16 megapixels", () => claiming(64, 64, 4_000)],
  ["AVIF that says 6,000 × 6,000 and holds 64 × 64", () => claiming(6_000, 6_000, 64)],
  ["AVIF of 36 tiles of 1 megapixel", () => grid(6, 1_000)],
  ["AVIF of 2 × 2 tiles", () => grid(2)],
  ["AVIF of 65,025 tiles", () => grid(255)],
  ["AVIF of 900 tiles", () => grid(30)],
  ["AVIF of 8,100 tiles", () => grid(90)],
  ["AVIF of 4 × 4 tiles of 4 megapixels", () => grid(4, 2_000)],
  [
    "film that claims to be AVIF",
    () => Buffer.from("\0\0\0\x14ftypavif\0\0\0\0avif\0\0\0\x08moov\0\0\0\x08mdat", "latin1"),
  ],
];
