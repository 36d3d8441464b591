import { unusable } from "../remote-failure";

/** The counts of an answer. Throws BatchRefused for what is no answer to so many texts. */
export function readTokens(body: Buffer, count: number): readonly number[] {
  const { tokens } = parsed(body);
  const isCount = (one: unknown): one is number => Number.isSafeInteger(one) && Number(one) >= 0;
  if (Array.isArray(tokens) && tokens.length === count && tokens.every(isCount)) return tokens;
  throw unusable(`did not count the tokens of ${count} texts`);
}

function parsed(body: Buffer): { readonly tokens?: unknown } {
  try {
    return Object(JSON.parse(body.toString("utf8"))) as { readonly tokens?: unknown };
  } catch {
    return {};
  }
}
