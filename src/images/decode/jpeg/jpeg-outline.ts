import { type JpegComponent, type JpegFrame, readFrame, wordAt } from "./jpeg-frame";
import { isEnd, isFrame, isRestart, isScan, jpegSegments, type JpegSegment, withoutFill } from "./jpeg-segments";
import { CODES, type JpegTables, STEPS, tableKey, withTables } from "./jpeg-tables";

/** A component in a scan, with the places of its Huffman tables. */
export interface ScanComponent extends JpegComponent {
  readonly first: number;
  readonly others: number;
}

export interface JpegScan {
  readonly components: readonly ScanComponent[];
  /** What stands behind the segment's length. */
  readonly header: Uint8Array;
  /** First and last coefficient, and which of their bits. */
  readonly script: readonly number[];
  /** With its restarts. */
  readonly data: Uint8Array;
  readonly tables: JpegTables;
  readonly restartEvery: number;
}

/** What a JPEG's picture is made of. */
export interface JpegOutline {
  readonly kind: number;
  readonly frame: JpegFrame;
  /** The frame's header as it is written. */
  readonly frameBody: Uint8Array;
  /** Whether three components are brightness and two of colour, as JFIF says. */
  readonly isYcc: boolean;
  readonly scans: readonly JpegScan[];
}

const [RESTARTS, COMMENT, FILL] = [0xdd, 0xfe, 0xff];
const [APP0, APP14, APP15] = [0xe0, 0xee, 0xef];
const TRANSFORM_AT = 11;

/** Null where anything stands in a JPEG, down to its end, that does not belong there, or where something is missing. */
export function readOutline(bytes: Uint8Array): JpegOutline | null {
  const reader = new OutlineReader(bytes);
  for (const segment of jpegSegments(bytes)) {
    if (!reader.take(segment)) return null;
    if (isEnd(segment)) return reader.outline();
  }
  return null;
}

class OutlineReader {
  #frame: JpegSegment | null = null;
  #hasJfif = false;
  #transform: number | null = null;
  #tables: JpegTables = new Map();
  #restartEvery = 0;
  #scan: JpegSegment | null = null;
  #next = 2;
  readonly #scans: JpegScan[] = [];

  constructor(private readonly bytes: Uint8Array) {}

  take(segment: JpegSegment): boolean {
    if (this.#scan !== null && isRestart(segment.marker)) return true;
    const before = this.bytes.subarray(this.#next, segment.start);
    if (this.#scan === null ? !before.every((byte) => byte === FILL) : !this.#addScan(this.#scan, before)) return false;
    this.#scan = isScan(segment) ? segment : null;
    this.#next = segment.end;
    return segment.end <= this.bytes.length && (isScan(segment) || isEnd(segment) || this.#note(segment));
  }

  outline(): JpegOutline | null {
    if (this.#frame === null || this.#scans.length === 0) return null;
    const frame = readFrame(this.bytes, this.#frame.start);
    const isRgb = String.fromCharCode(...frame.components.map(({ id }) => id)) === "RGB";
    const isYcc = this.#hasJfif || (this.#transform === null ? !isRgb : this.#transform === 1);
    return { kind: this.#frame.marker, frame, frameBody: this.#body(this.#frame), isYcc, scans: this.#scans };
  }

  #note(segment: JpegSegment): boolean {
    const { marker } = segment;
    const body = this.#body(segment);
    if (marker === STEPS || marker === CODES) return this.#addTables(marker, body);
    if (isFrame(segment)) return this.#frame === null && (this.#frame = segment) !== null;
    if (marker === RESTARTS) this.#restartEvery = wordAt(body, 0);
    if (marker === APP0 && begins(body, "JFIF\0")) this.#hasJfif = true;
    if (marker === APP14 && begins(body, "Adobe")) this.#transform = body[TRANSFORM_AT] ?? null;
    return (marker >= APP0 && marker <= APP15) || [RESTARTS, COMMENT].includes(marker);
  }

  #addTables(marker: number, body: Uint8Array): boolean {
    const tables = withTables(this.#tables, marker, body);
    if (tables !== null) this.#tables = tables;
    return tables !== null;
  }

  #addScan(segment: JpegSegment, withFill: Uint8Array): boolean {
    if (this.#frame === null) return false;
    const header = this.#body(segment);
    const count = header[0] ?? 0;
    const ofFrame = readFrame(this.bytes, this.#frame.start).components;
    const components = Array.from({ length: count }, (_, i) => scanComponent(ofFrame, header, i));
    if (header.length !== 4 + 2 * count || components.includes(null)) return false;
    this.#scans.push({
      components: components as ScanComponent[],
      header,
      script: [...header.subarray(1 + 2 * count)],
      data: withFill.subarray(0, withoutFill(withFill, withFill.length)),
      tables: this.#tables,
      restartEvery: this.#restartEvery,
    });
    return true;
  }

  #body({ start, end }: JpegSegment): Uint8Array {
    return this.bytes.subarray(start + 4, end);
  }
}

function scanComponent(components: readonly JpegComponent[], header: Uint8Array, i: number): ScanComponent | null {
  const [id, tables = 0] = header.subarray(1 + 2 * i, 3 + 2 * i);
  const component = components.find((one) => one.id === id);
  if (component === undefined) return null;
  return { ...component, first: tableKey(CODES, tables >> 4), others: tableKey(CODES, 0x10 | (tables & 15)) };
}

const begins = (body: Uint8Array, name: string): boolean =>
  Buffer.from(body.subarray(0, name.length)).toString("latin1") === name;
