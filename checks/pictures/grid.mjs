import { partsOf } from "./parts.mjs";

/** The same picture, saying that it is of another size. */
export function claimingSize(file, width, height) {
  const copy = Buffer.from(file);
  for (const { kind, start } of partsOf.avif(copy)) {
    if (kind !== "ispe") continue;
    copy.writeUInt32BE(width, start + 12);
    copy.writeUInt32BE(height, start + 16);
  }
  return copy;
}

const u16 = (...numbers) => Buffer.concat(numbers.map((number) => Buffer.from([number >> 8, number & 255])));
const u32 = (...numbers) => Buffer.concat(numbers.map((number) => u16(number >>> 16, number & 0xffff)));

function box(kind, ...content) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), ...content.map((part) => Buffer.from(part))]);
  return Buffer.concat([u32(body.length + 4), body]);
}
const fullBox = (kind, ...content) => box(kind, u32(0), ...content);

/** One tile shown in every field of a table: item 1 is the table, item 2 the tile. */
export function gridOf(tile, perSide, tileSide, { item, configuration, brand }) {
  const parts = partsOf[brand](tile);
  const config = parts.find(({ kind }) => kind === configuration);
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
  const items = fullBox("iinf", u16(2), itemInfo(1, "grid"), itemInfo(2, item));
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
    return Buffer.concat([box("ftyp", brand, u32(0), `${brand}mif1miaf`), meta, box("mdat", table, picture)]);
  };
  return file(file(0).length - table.length - picture.length);
}

const itemInfo = (id, kind) => box("infe", [2, 0, 0, 0], u16(id, 0), kind, [0]);
