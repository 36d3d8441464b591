/** How soon more of the same word stops counting, and how much a text's length counts. */
const K1 = 1.2;
const B = 0.75;

/**
 * How well each text answers the words of a query, in the order of the texts: BM25 as Robertson and Spärck Jones give
 * it, with the 1 inside the logarithm that keeps frequent words above 0. 0: no word in common.
 */
export function bm25(texts: readonly string[], query: string): number[] {
  const split = texts.map(wordsOf);
  const meanLength = split.reduce((sum, { length }) => sum + length, 0) / (texts.length || 1);
  const weights = wordsOf(query).map((word) => ({ word, weight: rarity(word, split) }));
  return split.map((words) =>
    weights.reduce((score, { word, weight }) => {
      const count = words.filter((one) => one === word).length;
      const length = 1 - B + (B * words.length) / meanLength;
      return count === 0 ? score : score + (weight * count * (K1 + 1)) / (count + K1 * length);
    }, 0),
  );
}

/** A letter or digit and what follows it, combining marks included, in Unicode's normal form C and without case. */
const wordsOf = (text: string): string[] =>
  text
    .normalize("NFC")
    .replace(JOINERS, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*/gu) ?? [];

/** Show nothing within a word: soft hyphen, zero width non-joiner and joiner, word joiner. */
const JOINERS = /\u00ad|\u200c|\u200d|\u2060/g;

function rarity(word: string, texts: readonly string[][]): number {
  const having = texts.filter((words) => words.includes(word)).length;
  return Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
}
