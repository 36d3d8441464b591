import { once } from "node:events";
import { createDeflate, deflateSync } from "node:zlib";
import { PngWriter } from "./png-writer";

const TRUECOLOUR = { 3: 2, 4: 6 } as const;
const STRIP_BYTES = 1_048_576;

/** Pixels, 8 bits a sample, in rows of `stride` bytes. */
export interface PixelRows {
  readonly samples: Uint8Array;
  readonly stride: number;
  readonly channels: 3 | 4;
}

export interface PngOptions {
  /** Colour profile; null: sRGB. */
  readonly icc: Buffer | null;
  /** How hard zlib tries: 0, not at all, to 9. */
  readonly level: number;
}

/** Pixels as a PNG, made in one piece of memory, since they are many. */
export async function pngOfPixels(
  pixels: PixelRows,
  width: number,
  height: number,
  { icc, level }: PngOptions,
): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, TRUECOLOUR[pixels.channels]], 8);
  const samples = height * (width * pixels.channels + 1);
  const png = new PngWriter(Math.ceil(samples * 1.01) + 2 * (icc?.length ?? 0) + 65_536);
  png.add("IHDR", header);
  if (icc !== null) png.add("iCCP", Buffer.concat([Buffer.from("icc\0\0", "latin1"), deflateSync(icc)]));
  await pack(strips(pixels, width, height), level, (packed) => png.add("IDAT", packed));
  png.add("IEND", Buffer.alloc(0));
  return png.bytes;
}

/** Each row behind the number of its filter: none. */
function* strips({ samples, stride, channels }: PixelRows, width: number, height: number): Generator<Buffer> {
  const rowBytes = width * channels;
  const rowsAtOnce = Math.max(1, Math.floor(STRIP_BYTES / (rowBytes + 1)));
  for (let top = 0; top < height; top += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - top);
    const strip = Buffer.alloc(rows * (rowBytes + 1));
    for (let row = 0; row < rows; row++) {
      const from = (top + row) * stride;
      strip.set(samples.subarray(from, from + rowBytes), row * (rowBytes + 1) + 1);
    }
    yield strip;
  }
}

/** zlib's format, piece by piece. */
async function pack(rows: Iterable<Buffer>, level: number, onPacked: (packed: Buffer) => void): Promise<void> {
  const deflate = createDeflate({ level, chunkSize: STRIP_BYTES });
  deflate.on("data", onPacked);
  const ended = once(deflate, "end");
  for (const strip of rows) if (!deflate.write(strip)) await once(deflate, "drain");
  deflate.end();
  await ended;
}
