import type { HuffmanCodes } from "./huffman-codes";

/** What a scan of a baseline JPEG with all components in it is made of. */
export interface ScanShape {
  /** How many units (T.81: MCU) it has, and after how many of them a restart comes; 0: none comes. */
  readonly units: number;
  readonly restartEvery: number;
  /** The tables of each block of a unit, in their order. */
  readonly blocks: readonly BlockCodes[];
}

export interface BlockCodes {
  readonly first: HuffmanCodes;
  readonly others: HuffmanCodes;
}

const RESTART = 0xd0;
const BLOCK = 64;
/** What is looked at behind a place, at most. */
const AHEAD_BYTES = 3;

/**
 * Whether the data of a scan hold every block of the picture, and nothing else but the bits that fill their last byte. Decoders
 * pass over what is left, and do not read the last rows of a picture that they make smaller.
 */
export function holdsJustBlocks(data: Uint8Array, { units, restartEvery, blocks }: ScanShape): boolean {
  const plain = withoutMarkers(data);
  const unitsEach = restartEvery || units;
  if (plain === null || plain.ends.length !== Math.ceil(units / unitsEach)) return false;
  return plain.ends.every((end, i) => {
    const read = skipUnits(
      plain.bytes,
      plain.ends[i - 1] ?? 0,
      end,
      Math.min(unitsEach, units - i * unitsEach),
      blocks,
    );
    return read >= 0 && 8 * end - read < 8;
  });
}

/** The bytes that the markers stand between, FF without the 00 behind it, and where each of the parts ends; null for other markers. */
function withoutMarkers(data: Uint8Array): { readonly bytes: Uint8Array; readonly ends: readonly number[] } | null {
  const bytes = new Uint8Array(data.length + AHEAD_BYTES);
  const ends: number[] = [];
  let to = 0;
  for (let at = 0; at < data.length; at++) {
    const byte = data[at]!;
    if (byte !== 0xff) bytes[to++] = byte;
    else if (data[++at] === 0) bytes[to++] = byte;
    else if (data[at] === RESTART + (ends.length % 8)) ends.push(to);
    else return null;
  }
  return { bytes, ends: [...ends, to] };
}

/** The place in bits behind so many units from the byte `start` on; −1: not all of them are there. */
function skipUnits(
  bytes: Uint8Array,
  start: number,
  end: number,
  units: number,
  blocks: readonly BlockCodes[],
): number {
  let bit = 8 * start;
  for (let unit = 0; unit < units; unit++) {
    for (let i = 0; i < blocks.length; i++) {
      bit = skipBlock(bytes, bit, blocks[i]!);
      if (bit < 0 || bit > 8 * end) return -1;
    }
  }
  return bit;
}

/** The place in bits behind a block of 8 × 8; −1: it is none. */
function skipBlock(bytes: Uint8Array, start: number, { first, others }: BlockCodes): number {
  const head = entryAt(bytes, start, first);
  if (head === 0) return -1;
  let bit = start + (head & 31);
  for (let places = 1; places < BLOCK;) {
    const entry = entryAt(bytes, bit, others);
    if (entry === 0) return -1;
    bit += entry & 31;
    places += entry >> 5;
    // Only zeros to the end may fill more than there is.
    if (places > BLOCK && entry >> 5 < BLOCK) return -1;
  }
  return bit;
}

function entryAt(bytes: Uint8Array, bit: number, { short, long, longFrom }: HuffmanCodes): number {
  const at = bit >> 3;
  const ahead = ((bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!) >> (8 - (bit & 7));
  return short[(ahead >> 6) & 0x3ff]! || long[(ahead & 0xffff) - longFrom] || 0;
}
