import { partsOf } from "./parts.mjs";
import { sharp } from "./sharp.mjs";

const flat = (width, height = width) =>
  sharp({ create: { width, height, channels: 3, background: "#b43c46" } })
    .avif({ effort: 0 })
    .toBuffer();

async function claiming(width, height, side) {
  const file = await flat(side);
  for (const { kind, start } of partsOf.avif(file)) {
    if (kind !== "ispe") continue;
    file.writeUInt32BE(width, start + 12);
    file.writeUInt32BE(height, start + 16);
  }
  return file;
}

const u16 = (...numbers) => Buffer.concat(numbers.map((number) => Buffer.from([number >> 8, number & 255])));
const u32 = (...numbers) => Buffer.concat(numbers.map((number) => u16(number >>> 16, number & 0xffff)));

function box(kind, ...content) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), ...content.map((part) => Buffer.from(part))]);
  return Buffer.concat([u32(body.length + 4), body]);
}
const fullBox = (kind, ...content) => box(kind, u32(0), ...content);

/** One tile shown in every field of a table: item 1 is the table, item 2 the tile. */
async function grid(perSide, tileSide = 64) {
  const tile = await flat(tileSide);
  const parts = partsOf.avif(tile);
  const config = parts.find(({ kind }) => kind === "av1C");
  const data = parts.find(({ kind }) => kind === "mdat");
  const side = perSide * tileSide;
  const table = Buffer.concat([Buffer.from([0, 1, perSide - 1, perSide - 1]), u32(side, side)]);
  const properties = box(
    "ipco",
    fullBox("ispe", u32(side, side)),
    fullBox("ispe", u32(tileSide, tileSide)),
    tile.subarray(config.start, config.end),
  );
  const uses = fullBox("ipma", u32(2), u16(1), [1, 1], u16(2), [2, 2, 0x83]);
  const items = fullBox("iinf", u16(2), itemInfo(1, "grid"), itemInfo(2, "av01"));
  const tiles = fullBox("iref", box("dimg", u16(1, perSide ** 2), u16(...Array(perSide ** 2).fill(2))));
  const picture = tile.subarray(data.start + 8, data.end);
  const file = (at) => {
    const places = fullBox(
      "iloc",
      [0x44, 0],
      u16(2),
      u16(1, 0, 1),
      u32(at, table.length),
      u16(2, 0, 1),
      u32(at + table.length, picture.length),
    );
    const handler = fullBox("hdlr", u32(0), "pict", Buffer.alloc(13));
    const meta = fullBox("meta", handler, fullBox("pitm", u16(1)), places, items, tiles, box("iprp", properties, uses));
    return Buffer.concat([box("ftyp", "avif", u32(0), "avifmif1miaf"), meta, box("mdat", table, picture)]);
  };
  return file(file(0).length - table.length - picture.length);
}

const itemInfo = (id, kind) => box("infe", [2, 0, 0, 0], u16(id, 0), kind, [0]);

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
