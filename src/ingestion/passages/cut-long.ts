import { charactersIn } from "../../documents/segments";
import type { CountTokens, Piece } from "./piece";

/** Pieces of at most so many tokens: longer ones are halved until they fit, between words where there are some. */
export async function cutLong(
  text: string,
  pieces: readonly Piece[],
  most: number,
  count: CountTokens,
): Promise<Piece[]> {
  const isLong = ({ tokens, start, end }: Piece) => tokens > most && middleOf(text, start, end) > start;
  if (!pieces.some(isLong)) return [...pieces];
  const halved = pieces.flatMap((piece) => (isLong(piece) ? halvesOf(text, piece) : [piece]));
  const fresh = halved.filter(({ tokens }) => tokens === UNCOUNTED);
  const tokens = (await count(fresh.map(({ start, end }) => text.slice(start, end)))).values();
  const counted = halved.map((one) => (one.tokens === UNCOUNTED ? { ...one, tokens: tokens.next().value! } : one));
  return cutLong(text, counted, most, count);
}

const UNCOUNTED = -1;

function halvesOf(text: string, { start, end, endsParagraph }: Piece): Piece[] {
  const middle = middleOf(text, start, end);
  return [
    { start, end: middle, tokens: UNCOUNTED, endsParagraph: false },
    { start: middle, end, tokens: UNCOUNTED, endsParagraph },
  ];
}

/** Behind the white space that is nearest to the middle, within the middle half; else between characters; `start`: it cannot be cut. */
function middleOf(text: string, start: number, end: number): number {
  const middle = (start + end) >> 1;
  const quarter = (end - start) >> 2;
  for (let away = 0; away <= quarter; away++) {
    for (const at of [middle - away, middle + away]) {
      if (at > start && at < end && /\s/.test(text[at - 1]!) && !/\s/.test(text[at]!)) return at;
    }
  }
  return betweenCharacters(text, start, end);
}

/** As people count characters: not within a surrogate pair, an emoji of several parts, or a letter and its marks. */
function betweenCharacters(text: string, start: number, end: number): number {
  const middle = (start + end) >> 1;
  const from = Math.max(start, middle - LOOKED_AT);
  const around = [...charactersIn(text.slice(from, Math.min(end, middle + LOOKED_AT)))]
    .map(({ index }) => from + index)
    .filter((at) => at > start && (at > from || !LOW_SURROGATE.test(text[at]!)));
  return around.findLast((at) => at <= middle) ?? around[0] ?? start;
}

const LOW_SURROGATE = /[\udc00-\udfff]/;
/** A flag has four units, a family eleven. */
const LOOKED_AT = 64;
