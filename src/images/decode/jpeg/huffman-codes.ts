const SHORT_BITS = 10;
const LONG_BITS = 16;
const SHIFT = LONG_BITS - SHORT_BITS;

/**
 * A Huffman table, ready to pass over coefficients with. For the next 10 or 16 bits: the bits of the code and of the
 * coefficient behind it + 32 × how many places of the block they fill; 0: no such code, or a longer one.
 */
export interface HuffmanCodes {
  readonly short: Uint16Array;
  /** Of the bits from `longFrom` on: all before begin with a short code. */
  readonly long: Uint16Array;
  readonly longFrom: number;
}

/**
 * Of a table as its segment has it: how many codes there are of each length, then the symbols that they stand for. `placesOf`:
 * how many places a symbol fills, 0 for one that is not allowed. Null: the table is none, or not there.
 */
export function readCodes(table: Uint8Array | undefined, placesOf: (symbol: number) => number): HuffmanCodes | null {
  if (table === undefined) return null;
  const short = new Uint16Array(1 << SHORT_BITS);
  const longFrom = spanTo(table, SHORT_BITS);
  if (spanTo(table, LONG_BITS) > 1 << LONG_BITS) return null;
  const long = new Uint16Array((1 << LONG_BITS) - longFrom);
  let [next, at] = [0, LONG_BITS];
  for (let length = 1; length <= LONG_BITS; length++) {
    const span = 1 << (LONG_BITS - length);
    for (let count = table[length - 1]!; count > 0; count--, next += span) {
      const symbol = table[at++]!;
      const entry = placesOf(symbol) === 0 ? 0 : (placesOf(symbol) << 5) | (length + (symbol & 15));
      if (length <= SHORT_BITS) short.fill(entry, next >> SHIFT, (next + span) >> SHIFT);
      else long.fill(entry, next - longFrom, next + span - longFrom);
    }
  }
  return { short, long, longFrom };
}

/** How many of all 16 bits that there can be begin with a code of at most so many. */
const spanTo = (table: Uint8Array, bits: number): number =>
  table.subarray(0, bits).reduce((sum, count, i) => sum + (count << (LONG_BITS - 1 - i)), 0);

const BLOCK = 64;
const [END_OF_BLOCK, ZEROS] = [0x00, 0xf0];

/** Of a block's first coefficient: its size alone. */
export const placesOfFirst = (symbol: number): number => (symbol <= 15 ? 1 : 0);

/** Of the others: a run of zeros and a coefficient, 16 zeros, or nothing but zeros to the end. */
export function placesOfOthers(symbol: number): number {
  if (symbol === END_OF_BLOCK) return BLOCK;
  const zeros = symbol >> 4;
  return (symbol & 15) > 0 || symbol === ZEROS ? zeros + 1 : 0;
}
