/** How a list's characters are written. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** What is needed to tell. */
export const HEAD_BYTES = 4;

/**
 * Tells a list's encoding from its first bytes: by a byte order mark, which has `bom` bytes, or by where the zeros of UTF-16
 * stand, since every list begins with an ASCII character or two. Whatever is no UTF-16 has to be UTF-8.
 */
export function detectEncoding(head: Uint8Array): { readonly encoding: Encoding; readonly bom: number } {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", bom: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", bom: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", bom: 2 };
  const isZero = (byte: number | undefined) => byte === 0 || byte === undefined;
  if (a !== 0 && b === 0 && c !== 0 && isZero(d)) return { encoding: "utf-16le", bom: 0 };
  if (a === 0 && b !== 0 && isZero(c) && d !== 0) return { encoding: "utf-16be", bom: 0 };
  return { encoding: "utf-8", bom: 0 };
}
