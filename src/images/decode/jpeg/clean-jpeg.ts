import { type JpegOutline, type JpegScan, readOutline } from "./jpeg-outline";
import { BASELINE, EXTENDED, PROGRESSIVE } from "./jpeg-segments";
import { CODES, STEPS, tableKey } from "./jpeg-tables";
import { isWholeScan } from "./whole-scan";

const [RESTARTS, SCAN] = [0xdd, 0xda];
/** The start, and that it is JFIF 1.1 with square pixels and no thumbnail. */
const HEAD = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");
const END = Buffer.from("ffd9", "hex");
/** Encoders write ten of three components. */
const MAX_SCANS = 32;

/**
 * A JPEG with the same pixels, made of what they are made of and nothing else: frame, tables that are used, scans. Null
 * where that cannot be told of one that is of a rare kind, oddly written or damaged.
 */
export function cleanJpeg(bytes: Uint8Array): Uint8Array | null {
  const outline = readOutline(bytes);
  if (outline === null || !isOrdinary(outline)) return null;
  const isGood = outline.kind === PROGRESSIVE ? isProgression(outline) : isWholeScan(outline);
  return isGood ? written(outline) : null;
}

function isOrdinary({ kind, frame, frameBody, isYcc }: JpegOutline): boolean {
  const { width, height, precision, components } = frame;
  const isColoured = components.length === 3 && isYcc;
  const isSampled = components.every(({ across, down }) => across <= 4 && down <= 4);
  const isWhole = width > 0 && height > 0 && frameBody.length === 6 + 3 * components.length;
  const isKnown = [BASELINE, EXTENDED, PROGRESSIVE].includes(kind) && precision === 8;
  return isKnown && isWhole && isSampled && (isColoured || components.length === 1);
}

/** Of these the decoder itself tells whether they hold more: it reads all of them before it shows anything. */
const isProgression = ({ scans }: JpegOutline): boolean =>
  scans.length <= MAX_SCANS && scans.every(({ restartEvery, data }) => restartEvery === 0 && !holdsMarker(data));

function holdsMarker(data: Uint8Array): boolean {
  let at = data.indexOf(0xff);
  while (at >= 0 && data[at + 1] === 0) at = data.indexOf(0xff, at + 2);
  return at >= 0;
}

/** Null where a table is missing that a scan needs, or one of steps comes twice: decoders differ over what that means. */
function written({ kind, frameBody, scans }: JpegOutline): Uint8Array | null {
  const parts: Uint8Array[] = [HEAD];
  const tables = new Map<number, Uint8Array>();
  for (const scan of scans) {
    for (const key of tablesOf(kind, scan)) {
      const [table, before] = [scan.tables.get(key), tables.get(key)];
      if (table === undefined || (before !== undefined && before !== table && key >> 8 === STEPS)) return null;
      if (before !== table) parts.push(segment(key >> 8, [headOf(key, table), ...table]));
      tables.set(key, table);
    }
    if (scan === scans[0]) parts.push(segment(kind, frameBody));
    if (scan.restartEvery > 0) parts.push(segment(RESTARTS, [scan.restartEvery >> 8, scan.restartEvery & 255]));
    parts.push(segment(SCAN, scan.header), scan.data);
  }
  return Buffer.concat([...parts, END]);
}

/** The keys of the tables that a scan is read with. */
function tablesOf(kind: number, { components, script: [from = 0, , bits = 0] }: JpegScan): number[] {
  const steps = components.map(({ table }) => tableKey(STEPS, table));
  const first = kind !== PROGRESSIVE || (from === 0 && bits >> 4 === 0) ? components.map((one) => one.first) : [];
  const others = kind !== PROGRESSIVE || from > 0 ? components.map((one) => one.others) : [];
  return [...new Set([...steps, ...first, ...others])];
}

/** The byte in front of a table: its kind or width, and its number. */
const headOf = (key: number, table: Uint8Array): number =>
  key >> 8 === CODES || table.length === 64 ? key & 255 : (key & 255) | 0x10;

function segment(marker: number, body: ArrayLike<number>): Buffer {
  const length = body.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...Array.from(body)]);
}
