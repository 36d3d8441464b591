const FIRST_CHUNK_AT = 12;
const HEAD_BYTES = 8;

/**
 * How many frames a WebP holds. Its decoder walks through all of them once for each, before it hands out the first:
 * 100,000 take it longer than ten seconds, of 76 bytes each.
 */
export function countWebpFrames(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frames = 0;
  for (let at = FIRST_CHUNK_AT; at + HEAD_BYTES <= bytes.byteLength;) {
    if (isFrame(bytes, at)) frames++;
    const size = view.getUint32(at + 4, true);
    at += HEAD_BYTES + size + (size % 2);
  }
  return frames;
}

const isFrame = (bytes: Uint8Array, at: number): boolean =>
  [..."ANMF"].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));
