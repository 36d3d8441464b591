/**
 * Ids are hex digits of a hash, even over their range; so a share of the range holds about that share of the documents,
 * and pages can be cut on every Milvus without asking it to sort.
 */
export const DIGITS = 12;
const SIZE = 16 ** DIGITS;

/** Where an id lies in the range, 0 to 1. */
export const positionOf = (id: string): number => Number.parseInt(id.slice(0, DIGITS), 16) / SIZE;

/** The lowest id at a position; null at the end of the range. */
export const idAt = (position: number): string | null =>
  position >= 1
    ? null
    : Math.floor(position * SIZE)
        .toString(16)
        .padStart(DIGITS, "0");
