import type { TokenRow } from "../onnx/token-inputs";

/** A query and a text as one row of tokens, and which of both each token is of: 0 or 1. */
export interface PairRow extends TokenRow {
  readonly types: readonly number[];
}

/** A tokenizer as far as it is called: token ids of texts, or of pairs with what the model wants around them. */
export type Tokenize = (
  text: string,
  options: { readonly pair: string | null; readonly special: boolean },
) => { readonly ids: readonly number[]; readonly types: readonly number[] };

/** Around a pair stands one token on either side; between both what the tokenizer puts there. */
const OUTER = 1;

/** Pairs of a query with each text, cut to `maxTokens` as Hugging Face's tokenizers do by "longest_first": the longer loses more. */
export function pairRows(tokenize: Tokenize, query: string, texts: readonly string[], maxTokens: number): PairRow[] {
  const { length } = tokenize(query, { pair: null, special: false }).ids;
  return texts.map((text, index) => {
    const { ids, types } = tokenize(query, { pair: text, special: true });
    if (ids.length <= maxTokens) return { index, ids, types, truncated: false };
    const textLength = tokenize(text, { pair: null, special: false }).ids.length;
    const special = ids.length - length - textLength;
    const [first, second] = longestFirst(length, textLength, maxTokens - special);
    const secondAt = ids.length - OUTER - textLength;
    const kept = (place: number) =>
      place < OUTER + first || (place >= OUTER + length && place < secondAt + second) || place >= ids.length - OUTER;
    return { index, ids: ids.filter((_, i) => kept(i)), types: types.filter((_, i) => kept(i)), truncated: true };
  });
}

/** How many tokens of each there is room for, as https://github.com/huggingface/tokenizers counts them. */
export function longestFirst(one: number, other: number, room: number): readonly [one: number, other: number] {
  const shorter = Math.min(one, other);
  if (one + other <= room) return [one, other];
  const fits = shorter <= Math.floor(room / 2);
  const [less, more] = fits ? [shorter, room - shorter] : [Math.floor(room / 2), Math.ceil(room / 2)];
  return one <= other ? [less, more] : [more, less];
}
