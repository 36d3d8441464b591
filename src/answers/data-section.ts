import { randomBytes } from "node:crypto";

/**
 * Characters that must not stand in data as they are: what begins a tag or one of the special tokens by which chat templates tell
 * whose word it is ("<|im_start|>", "[INST]"), and what is not seen.
 */
// eslint-disable-next-line no-control-regex -- control characters are among them
const RISKY = /[<[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** A string as JSON, in one line of characters that are seen and that no chat template takes for its own. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(RISKY, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );

/** A line of data: an object whose names are ours and whose strings are quoted. */
export const dataLine = (fields: Readonly<Record<string, string | number | boolean>>): string =>
  `{${Object.entries(fields)
    .map(([name, value]) => `"${name}": ${typeof value === "string" ? quoted(value) : value}`)
    .join(", ")}}\n`;

/** What data stands between. Nobody who stored it can know: it is drawn for each request. */
export interface Boundary {
  readonly begin: string;
  readonly end: string;
}

export function drawBoundary(): Boundary {
  const name = randomBytes(16).toString("hex");
  return { begin: `BEGIN ${name}`, end: `END ${name}` };
}
