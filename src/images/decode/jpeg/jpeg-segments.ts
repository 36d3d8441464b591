const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
/** Kinds of frames. */
export const [BASELINE, EXTENDED, PROGRESSIVE] = [0xc0, 0xc1, 0xc2];

/** A marker of a JPEG and what belongs to it. */
export interface JpegSegment {
  /** The byte behind FF. */
  readonly marker: number;
  /** Where its FF stands. */
  readonly start: number;
  /** Behind its header; of a scan, where its data begin. */
  readonly end: number;
}

export const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
export const isScan = ({ marker }: JpegSegment): boolean => marker === SOS;
export const isEnd = ({ marker }: JpegSegment): boolean => marker === EOI;
/** Of a frame, which says how large the picture is: not of tables (C4, CC) or extensions (C8). */
export const isFrame = ({ marker }: JpegSegment): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * The segments of a JPEG down to its end, restarts included; what stands between them that belongs to none is passed over,
 * as decoders do.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  for (let start = markerFrom(bytes, 2); start >= 0;) {
    const marker = bytes[start + 1]!;
    const end = start + 2 + (hasLength(marker) ? lengthAt(bytes, start + 2) : 0);
    yield { marker, start, end };
    if (marker === EOI) return;
    start = markerFrom(bytes, end);
  }
}

/** How many scans a JPEG has. Each goes over the whole picture, so that a small file of many scans takes long. */
export function countJpegScans(bytes: Uint8Array): number {
  let scans = 0;
  for (const segment of jpegSegments(bytes)) if (isScan(segment)) scans++;
  return scans;
}

/** FF before anything but 00, which stands for FF itself, and FF, which fills. */
function markerFrom(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length && [0x00, 0xff].includes(bytes[at + 1]!)) at = bytes.indexOf(0xff, at + 1);
  return at + 1 < bytes.length ? at : -1;
}

const hasLength = (marker: number): boolean => marker > 0x01 && !isRestart(marker) && marker !== SOI && marker !== EOI;

const lengthAt = (bytes: Uint8Array, at: number): number => Math.max(2, (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0));

/** Where what goes down to `end` ends without the bytes that may fill the room in front of a marker: each would begin one. */
export function withoutFill(bytes: Uint8Array, end: number): number {
  while (bytes[end - 1] === 0xff) end--;
  return end;
}
