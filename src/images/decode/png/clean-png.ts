import { inflateSync } from "node:zlib";
import { type PngHeader, type PngParts, readPngParts } from "./png-parts";
import { CHUNK_BYTES, PngWriter, SIGNATURE } from "../../../png/png-writer";
import { usedColours } from "./used-colours";

const [GREY, RGB, PALETTE] = [0, 2, 3];
/** Samples of a pixel, by the kind of colour. */
const SAMPLES: Readonly<Record<number, number>> = { [GREY]: 1, [RGB]: 3, [PALETTE]: 1, 4: 2, 6: 4 };
/** How long what says which colour is clear has to be. */
const CLEAR_BYTES: Readonly<Record<number, number>> = { [GREY]: 2, [RGB]: 6 };

/**
 * A PNG with the same pixels, made of what they are made of and nothing else: header, the colours of its palette that are
 * used, data. Null of one that is interlaced, deep, hardly packed, damaged, or holds more data than its rows take.
 */
export function cleanPng(bytes: Uint8Array): Uint8Array | null {
  const parts = readPngParts(bytes);
  if (parts === null || !isOrdinary(parts.header)) return null;
  const rows = unpacked(parts);
  const colours = rows === null ? null : coloursOf(parts, rows);
  if (colours === null) return null;
  const { headerData, data } = parts;
  const dataBytes = data.reduce((sum, piece) => sum + piece.length, 0);
  const written = [{ kind: "IHDR", data: headerData }, ...colours];
  const room = written.reduce((sum, one) => sum + one.data.length + CHUNK_BYTES, SIGNATURE.length + 2 * CHUNK_BYTES);
  const png = new PngWriter(room + dataBytes);
  for (const one of written) png.add(one.kind, one.data);
  png.add("IDAT", ...data);
  png.add("IEND");
  return png.bytes;
}

const isOrdinary = ({ width, height, depth, colour, isInterlaced }: PngHeader): boolean =>
  width > 0 &&
  height > 0 &&
  !isInterlaced &&
  colour in SAMPLES &&
  (colour === GREY || colour === PALETTE ? [1, 2, 4, 8] : [8]).includes(depth);

/** All rows, each behind the byte of its filter; null unless the data are just these, packed. */
function unpacked({ header, data }: PngParts): Buffer | null {
  const { width, height, depth, colour } = header;
  const rowsBytes = height * (1 + Math.ceil((width * depth * SAMPLES[colour]!) / 8));
  const packed = Buffer.concat(data);
  if (packed.length >= rowsBytes) return null;
  const { buffer, engine } = inflated(packed, rowsBytes) ?? {};
  if (buffer?.length !== rowsBytes || engine?.bytesWritten !== packed.length) return null;
  for (let at = 0; at < rowsBytes; at += rowsBytes / height) if (buffer[at]! > LAST_FILTER) return null;
  return buffer;
}

const LAST_FILTER = 4;

function inflated(packed: Buffer, bytes: number) {
  try {
    // One byte more, so that too many are seen.
    const options = { maxOutputLength: bytes + 1, chunkSize: Math.max(64, bytes + 1), info: true } as const;
    return inflateSync(packed, options) as unknown as { buffer: Buffer; engine: { readonly bytesWritten: number } };
  } catch {
    return null;
  }
}

interface Chunk {
  readonly kind: string;
  readonly data: Buffer;
}

/** The chunks that colours and their transparency need; null where they are not as they should be. */
function coloursOf({ header, palette, transparency }: PngParts, rows: Buffer): Chunk[] | null {
  const { colour, depth } = header;
  if (colour === PALETTE) {
    if (palette === null || palette.length % 3 > 0 || palette.length > 3 << depth) return null;
    return usedPalette(palette, transparency, usedColours(rows, header));
  }
  const clearBytes = CLEAR_BYTES[colour];
  if (transparency === null || clearBytes === undefined) return [];
  return transparency.length === clearBytes ? [{ kind: "tRNS", data: transparency }] : null;
}

/** With zeros for the colours that no pixel has. */
function usedPalette(palette: Buffer, transparency: Buffer | null, used: readonly boolean[]): Chunk[] | null {
  const count = used.lastIndexOf(true) + 1;
  if (3 * count > palette.length) return null;
  const colours = Buffer.from(palette.subarray(0, 3 * count)).map((part, at) => (used[Math.floor(at / 3)] ? part : 0));
  const covers = transparency?.subarray(0, count).map((cover, at) => (used[at] ? cover : 0)) ?? Buffer.alloc(0);
  return [
    { kind: "PLTE", data: Buffer.from(colours) },
    ...(covers.length > 0 ? [{ kind: "tRNS", data: Buffer.from(covers) }] : []),
  ];
}
