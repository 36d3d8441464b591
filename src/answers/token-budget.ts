import type { Passage } from "../documents/document";

/** Of UTF-8; English has four or five a token, Chinese about three. */
const BYTES_A_TOKEN = 3;

/** About how many tokens a text is. Every model counts its own way; this one counts rather too many. */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text, "utf8") / BYTES_A_TOKEN);

/** What each may take of a budget: no more than it wants, and what small ones leave goes to the large ones in equal parts. */
export function fairShares(wanted: readonly number[], budget: number): number[] {
  const shares = wanted.map(() => 0);
  const bySize = wanted.map((_, at) => at).sort((a, b) => wanted[a]! - wanted[b]!);
  let left = budget;
  bySize.forEach((at, taken) => {
    shares[at] = Math.min(wanted[at]!, Math.floor(left / (bySize.length - taken)));
    left -= shares[at];
  });
  return shares;
}

/** The beginning of a text that is at most so many tokens, up to the end of a word where one is near. */
export function cutToTokens(text: string, tokens: number): string {
  if (tokensOf(text) <= tokens) return text;
  return firstBytes(text, tokens * BYTES_A_TOKEN);
}

/** As many tokens of a text around one of its passages, before and behind it alike as far as there is text. */
export function cutAround(text: string, { start, end }: Passage, tokens: number): string {
  if (tokensOf(text) <= tokens) return text;
  const [before, passage, behind] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  const room = tokens * BYTES_A_TOKEN - bytesOf(passage);
  if (room <= 0) return cutToTokens(passage, tokens);
  const half = Math.floor(room / 2);
  const ofBefore = Math.min(bytesOf(before), Math.max(half, room - bytesOf(behind)));
  return (lastBytes(before, ofBefore) + passage + firstBytes(behind, room - ofBefore)).trim();
}

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

/** Not within a character: what is left of one is no UTF-8, and left out. Nor within a word, where its start is near. */
function firstBytes(text: string, bytes: number): string {
  const whole = Buffer.from(text, "utf8");
  if (whole.length <= bytes) return text;
  const cut = whole
    .subarray(0, bytes)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
  const lastWord = cut.search(/\s\S*$/);
  return lastWord > cut.length / 2 ? cut.slice(0, lastWord) : cut;
}

function lastBytes(text: string, bytes: number): string {
  const whole = Buffer.from(text, "utf8");
  if (whole.length <= bytes) return text;
  const cut = whole
    .subarray(whole.length - bytes)
    .toString("utf8")
    .replace(/^\uFFFD+/, "");
  const firstWord = cut.search(/\s/);
  return firstWord >= 0 && firstWord < cut.length / 2 ? cut.slice(firstWord + 1) : cut;
}
