/**
 * Whether JSON keeps a number as it was written. Integers beyond 2^53 - 1 are rounded on their way, so that neighbours become
 * one; how it was written is not known any more by then, so that none of them is trusted.
 */
export const isExact = (value: number): boolean => !Number.isInteger(value) || Number.isSafeInteger(value);

/** Goes on behind "the number N, which …". */
export const WRITE_AS_STRING = `is beyond ${Number.MAX_SAFE_INTEGER}, where JSON does not keep numbers apart: write it as a string`;
