import { crc32Of } from "./crc32.mjs";

export const PNG_MAGIC = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** A chunk whose checksum is right, whatever it holds. */
export function pngChunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32Of(body), body.length + 4);
  return chunk;
}

/** The header chunk: colour 0 grey, 2 RGB, 3 palette, 6 RGBA. */
export function pngHeader({ width, height, bits = 8, colour = 2, interlaced = false }) {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([bits, colour, 0, 0, interlaced ? 1 : 0], 8);
  return pngChunk("IHDR", data);
}

/** The same file with every checksum made right again, so that what was changed is read. */
export function withRightChecksums(file) {
  const copy = Buffer.from(file);
  for (let at = 8; at + 12 <= copy.length;) {
    const length = copy.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > copy.length) break;
    copy.writeUInt32BE(crc32Of(copy.subarray(at + 4, end - 4)), end - 4);
    at = end;
  }
  return copy;
}
