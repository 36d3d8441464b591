import { readFile } from "node:fs/promises";
import { claimingSize, gridOf } from "./grid.mjs";

const HEVC = { item: "hvc1", configuration: "hvcC", brand: "heic" };
const fixture = (name) => readFile(new URL(`../../test/fixtures/pictures/${name}.heic`, import.meta.url));

const claiming = async (width, height, name) => claimingSize(await fixture(name), width, height);
/** Of tiles of 96 × 64 that say that they are square, or of 4,000 × 4,000. */
const grid = async (perSide, name = "corners", side = 64) => gridOf(await fixture(name), perSide, side, HEVC);

export const heicBombs = [
  ["HEIC of 65,535 × 65,535", () => claiming(65_535, 65_535, "corners")],
  ["HEIC of 7,000 × 7,000 in 96 × 64", () => claiming(7_000, 7_000, "corners")],
  ["HEIC that says 64 × 64 and holds 16 megapixels", () => claiming(64, 64, "large")],
  ["HEIC of 2 × 2 tiles", () => grid(2)],
  ["HEIC of 900 tiles", () => grid(30)],
  ["HEIC of 8,100 tiles", () => grid(90)],
  ["HEIC of 65,025 tiles", () => grid(255)],
  ["HEIC of 16 tiles that hold 16 megapixels each", () => grid(4, "large", 1_000)],
  ["HEIC of 3 × 3 tiles of 16 megapixels", () => grid(3, "large", 4_000)],
  ["HEIC of its head only", () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1")],
];
