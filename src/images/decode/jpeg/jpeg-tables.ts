export const [STEPS, CODES] = [0xdb, 0xc4];
const LENGTHS = 16;

/** The tables of a JPEG that are in force at some place of it, by their marker and the byte that numbers them. */
export type JpegTables = ReadonlyMap<number, Uint8Array>;

/** `head`: the byte in front of a table, without its width. */
export const tableKey = (marker: number, head: number): number => marker * 256 + head;

/**
 * With the tables of a segment in place of those of the same numbers; `body`: what stands behind its length. Null where
 * they are not as they should be.
 */
export function withTables(tables: JpegTables, marker: number, body: Uint8Array): JpegTables | null {
  const all = new Map(tables);
  for (let at = 0; at < body.length;) {
    const head = body[at++]!;
    const length = marker === STEPS ? stepsLength(head) : codesLength(head, body.subarray(at));
    if (length === 0 || at + length > body.length) return null;
    all.set(tableKey(marker, marker === STEPS ? head & 15 : head), body.subarray(at, at + length));
    at += length;
  }
  return all;
}

/** 64 steps of one byte or two. */
const stepsLength = (head: number): number => (head >> 4 > 1 || (head & 15) > 3 ? 0 : 64 * (1 + (head >> 4)));

/** How many codes there are of each length, then what they stand for: each symbol once. */
function codesLength(head: number, rest: Uint8Array): number {
  const count = rest.subarray(0, LENGTHS).reduce((sum, ofLength) => sum + ofLength, 0);
  const symbols = rest.subarray(LENGTHS, LENGTHS + count);
  const isTable = head >> 4 <= 1 && (head & 15) <= 3;
  return isTable && new Set(symbols).size === symbols.length ? LENGTHS + count : 0;
}
