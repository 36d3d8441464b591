/** Characters of texts that are stored at once, or one page: long ones are embedded in many passages, which take seconds. */
const CHARACTERS_AT_ONCE = 16_000;

/** Pages that are stored together, by their numbers. */
export interface PageBatch {
  readonly first: number;
  readonly last: number;
}

/** A PDF's pages in order, `most` at a time, fewer where they say much: after each batch it is known how far the PDF is. */
export function* pageBatches(pages: readonly string[], most: number): Generator<PageBatch> {
  let [first, characters] = [1, 0];
  for (const [i, text] of pages.entries()) {
    const isFull = i + 1 - first === most || characters + text.length > CHARACTERS_AT_ONCE;
    if (isFull && i + 1 > first) {
      yield { first, last: i };
      [first, characters] = [i + 1, 0];
    }
    characters += text.length;
  }
  if (pages.length > 0) yield { first, last: pages.length };
}
