import type { PngHeader } from "./png-parts";

/** Which numbers of a palette pixels have. `rows`: as they are unpacked, each behind the byte of its filter. */
export function usedColours(rows: Buffer, { width, height, depth }: PngHeader): boolean[] {
  const used = Array<boolean>(256).fill(false);
  const rowBytes = Math.ceil((width * depth) / 8);
  const bytes = new Uint8Array(256);
  let above = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y++) {
    const start = y * (rowBytes + 1);
    const row = unfiltered(rows[start]!, rows.subarray(start + 1, start + 1 + rowBytes), above);
    const [whole, rest] = [Math.floor((width * depth) / 8), (width * depth) % 8];
    for (let x = 0; x < whole; x++) bytes[row[x]!] = 1;
    if (rest > 0) note(used, row[whole]!, depth, rest);
    above = row;
  }
  bytes.forEach((isThere, byte) => isThere && note(used, byte, depth, 8));
  return used;
}

/** The numbers that the first `bits` of a byte hold. */
function note(used: boolean[], byte: number, depth: number, bits: number): void {
  for (let at = 0; at < bits; at += depth) used[(byte >> (8 - depth - at)) & ((1 << depth) - 1)] = true;
}

/** A row without its filter (PNG, 9.2): each byte is the difference from one that its neighbours foretell. */
function unfiltered(filter: number, row: Uint8Array, above: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(row);
  if (filter === 0) return bytes;
  for (let x = 0; x < bytes.length; x++) {
    const [left, up, corner] = x === 0 ? [0, above[0]!, 0] : [bytes[x - 1]!, above[x]!, above[x - 1]!];
    bytes[x] = row[x]! + foretold(filter, left, up, corner);
  }
  return bytes;
}

function foretold(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
