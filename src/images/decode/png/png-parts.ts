import { CHUNK_BYTES, SIGNATURE } from "../../../png/png-writer";

/** How a PNG's pixels are written. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 numbers of a palette, 4 grey and 6 RGB with transparency. */
  readonly colour: number;
  readonly isInterlaced: boolean;
}

/** What the picture of a PNG is made of. */
export interface PngParts {
  readonly header: PngHeader;
  readonly headerData: Buffer;
  readonly palette: Buffer | null;
  readonly transparency: Buffer | null;
  /** Compressed. */
  readonly data: readonly Buffer[];
}

const HEADER_BYTES = 13;
const [WIDTH_AT, HEIGHT_AT, DEPTH_AT, COLOUR_AT, PACKING_AT, FILTER_AT, INTERLACED_AT] = [0, 4, 8, 9, 10, 11, 12];

/** Null where something is missing, comes twice, or is needed to show the picture and not known. */
export function readPngParts(bytes: Uint8Array): PngParts | null {
  const parts = new Map<string, Buffer[]>();
  let last = "";
  for (const { kind, data } of chunks(bytes)) {
    const before = parts.get(kind);
    if (before !== undefined && (kind !== "IDAT" || last !== "IDAT")) return null;
    if (!isKept(kind) && isNeeded(kind)) return null;
    if (before !== undefined) before.push(data);
    else if (isKept(kind)) parts.set(kind, [data]);
    last = kind;
  }
  const [headerData] = parts.get("IHDR") ?? [];
  const data = parts.get("IDAT");
  if (headerData?.length !== HEADER_BYTES || data === undefined) return null;
  if (headerData[PACKING_AT] !== 0 || headerData[FILTER_AT] !== 0) return null;
  const [palette = null] = parts.get("PLTE") ?? [];
  const [transparency = null] = parts.get("tRNS") ?? [];
  return { header: readHeader(headerData), headerData, palette, transparency, data };
}

const readHeader = (data: Buffer): PngHeader => ({
  width: data.readUInt32BE(WIDTH_AT),
  height: data.readUInt32BE(HEIGHT_AT),
  depth: data[DEPTH_AT]!,
  colour: data[COLOUR_AT]!,
  isInterlaced: data[INTERLACED_AT] !== 0,
});

const isKept = (kind: string): boolean => ["IHDR", "PLTE", "tRNS", "IDAT"].includes(kind);
/** A capital first says that without it the picture cannot be shown. */
const isNeeded = (kind: string): boolean => /^[A-Z]/.test(kind);

/** Down to the end of the picture, or of the last chunk that is whole. */
function* chunks(bytes: Uint8Array): Generator<{ readonly kind: string; readonly data: Buffer }> {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; at + CHUNK_BYTES <= png.length;) {
    const end = at + CHUNK_BYTES + png.readUInt32BE(at);
    if (end > png.length) return;
    const kind = png.toString("latin1", at + 4, at + 8);
    if (kind === "IEND") return;
    yield { kind, data: png.subarray(at + 8, end - 4) };
    at = end;
  }
}
