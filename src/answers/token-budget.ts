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
  // Not within a character: what is left of one is no UTF-8, and left out.
  const bytes = Buffer.from(text, "utf8").subarray(0, tokens * BYTES_A_TOKEN);
  const cut = bytes.toString("utf8").replace(/\uFFFD+$/, "");
  const lastWord = cut.search(/\s\S*$/);
  return lastWord > cut.length / 2 ? cut.slice(0, lastWord) : cut;
}
