/** No tokenizer's tokens are longer on average: what is behind is cut off anyway. */
const CHARACTERS_A_TOKEN = 32;

/** As much of a text as so many tokens can hold: long ones are not to be sent about whole. */
export function cutText(text: string, maxTokens: number): string {
  const length = CHARACTERS_A_TOKEN * maxTokens;
  return text.length <= length ? text : text.slice(0, length).toWellFormed();
}
