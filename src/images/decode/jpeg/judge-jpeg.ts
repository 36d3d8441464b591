import { createHash } from "node:crypto";
import { hasDataForAll } from "./data-for-all";
import { isEnd, isRestart, isScan, jpegSegments, type JpegSegment, PROGRESSIVE, withoutFill } from "./jpeg-segments";
import { lockedSharp } from "../locked-sharp";

/** Takes what a decoder can make sense of, however oddly it is written. */
export const TOLERANT = { failOn: "error", unlimited: true } as const;

/** A restart for each unit of a picture of 50 megapixels is less. */
const MAX_SEGMENTS = 1_000_000;
const END = Buffer.from([0xff, 0xd9]);
/**
 * What a decoder that waits for more of a picture takes for it. Ones first: without more it makes do with zeros, and
 * the first bit must tell. The last bits of a picture may change it so little that one pattern shows nothing.
 */
const PROBES = ["fe9c62d14b07e81ea6732dc558903fb4", "b5d3a96e5cd7b2f4399ad66b2ddbaa57"].map((hex) =>
  Buffer.from(hex, "hex"),
);

/** What is wrong with a JPEG that was not taken as it is; `bytes` of one that is only oddly written, and whole: TOLERANT reads them. */
export type JpegVerdict = { readonly bytes: Uint8Array } | { readonly fault: string };

/**
 * Looks closer at a JPEG of which the decoder said `complaint`: it says only the first thing that it finds odd, of an
 * odd byte between two markers as of a lost half.
 */
export async function judgeJpeg(bytes: Uint8Array, complaint: string): Promise<JpegVerdict> {
  if (/unsupported|not supported|arithmetic|precision/i.test(complaint)) {
    return { fault: "is of a kind that viewers do not show. Save it anew as an ordinary JPEG" };
  }
  if (/bad huffman code/i.test(complaint)) return damaged;
  const segments: JpegSegment[] = [];
  for (const segment of jpegSegments(bytes)) if (segments.push(segment) > MAX_SEGMENTS) return damaged;
  const ended = segments.some(isEnd) ? bytes : withEnd(bytes);
  if (!segments.some(isScan) || !hasDataForAll(bytes, segments)) return cutOff;
  if (ended !== bytes && !isRefined(bytes, segments)) return cutOff;
  const seen = await digest(ended);
  if (seen === null) return damaged;
  for (const probe of PROBES) if ((await digest(withProbe(ended, segments, probe))) !== seen) return cutOff;
  return { bytes: ended };
}

const cutOff = { fault: "is cut off or has a hole: part of the picture is missing. Send the whole file" };
const damaged = { fault: "is damaged: its data cannot be read. Send an undamaged copy" };

/** The end that is missing, in place of the half of one. */
function withEnd(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, withoutFill(bytes, bytes.length)), END]);
}

/** Of all pixels; null for what cannot be decoded at all. */
async function digest(bytes: Uint8Array): Promise<string | null> {
  const pixels = await lockedSharp(bytes, { ...TOLERANT, limitInputPixels: false })
    .raw()
    .toBuffer()
    .catch(() => null);
  return pixels && createHash("sha1").update(pixels).digest("hex");
}

/** With bits behind the data of each scan and of each restart: who has read all of the picture by then passes over them. */
function withProbe(bytes: Uint8Array, segments: readonly JpegSegment[], probe: Buffer): Buffer {
  const probed = Buffer.alloc(bytes.length + probe.length * (segments.length + 1));
  let [from, to] = [0, 0];
  const copy = (end: number): void => {
    probed.set(bytes.subarray(from, end), to);
    to += end - from;
    from = end;
  };
  const insertBefore = (marker: number): void => {
    copy(withoutFill(bytes, marker));
    to += probe.copy(probed, to);
  };
  let inScan = false;
  for (const segment of segments) {
    if (inScan) insertBefore(segment.start);
    inScan = isScan(segment) || (inScan && isRestart(segment.marker));
  }
  if (inScan) insertBefore(bytes.length - END.length);
  copy(bytes.length);
  return probed.subarray(0, to);
}

/**
 * Whether the scans say every coefficient to the last bit: a progressive JPEG that lost its end between two scans looks
 * whole, only coarse. True of those that are not progressive.
 */
function isRefined(bytes: Uint8Array, segments: readonly JpegSegment[]): boolean {
  if (!segments.some(({ marker }) => marker === PROGRESSIVE)) return true;
  const missing = new Map<number, Set<number>>();
  for (const scan of segments.filter(isScan)) {
    const components = bytes[scan.start + 4] ?? 0;
    const script = scan.start + 5 + 2 * components;
    const [first = 0, last = 0, bits = 0] = bytes.subarray(script, script + 3);
    for (let i = 0; i < components; i++) {
      const id = bytes[scan.start + 5 + 2 * i]!;
      const left = missing.get(id) ?? new Set(Array.from({ length: 64 }, (_, at) => at));
      missing.set(id, left);
      for (let at = first; at <= Math.min(last, 63); at++) if ((bits & 15) === 0) left.delete(at);
    }
  }
  return [...missing.values()].every((left) => left.size === 0);
}
