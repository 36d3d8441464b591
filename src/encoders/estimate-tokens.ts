/** English has four or five characters a token, most other alphabets two, and Chinese or emoji one or less. */
const CHARACTERS_A_TOKEN = { latin: 4, other: 1 } as const;
// eslint-disable-next-line no-control-regex -- all of ASCII
const LATIN = /[\u0000-\u024f]/gu;

/** About how many tokens a text is, where no tokenizer can be asked; rather too many than too few. */
export function estimateTokens(text: string): number {
  const latin = text.match(LATIN)?.length ?? 0;
  return Math.ceil(latin / CHARACTERS_A_TOKEN.latin + (text.length - latin) / CHARACTERS_A_TOKEN.other);
}
