import type { Colour } from "./colours";

/** The emoji sets that drawings are taken from, as the npm scope @iconify-json names them. */
export type DrawingSet = "noto" | "twemoji" | "fluent-emoji-flat" | "openmoji";

/** A drawing as data: `draw-process` makes a picture of it. */
export interface Drawing {
  /** Unique and fit for a file name: "red-cat-noto". */
  readonly key: string;
  /** The emoji's name in its set: "cat". */
  readonly name: string;
  readonly set: DrawingSet;
  /** Null: the set's own colours. */
  readonly colour: Colour | null;
  /** What it stands on; null: white. */
  readonly ground: Colour | null;
  readonly caption: string;
}

export interface DrawingParts {
  readonly name: string;
  /** What people call it; the emoji's name with spaces where it is left out. */
  readonly noun?: string;
  readonly set: DrawingSet;
  readonly colour?: Colour | null;
  readonly ground?: Colour | null;
}

/** A drawing with the key and the caption that follow from what it shows. */
export function drawing(parts: DrawingParts): Drawing {
  const { name, set, noun = name.replaceAll("-", " "), colour = null, ground = null } = parts;
  const thing = colour === null ? noun : `${colour} ${noun}`;
  const place = ground === null ? "" : ` on ${withArticle(ground)} background`;
  const key = `${thing}${ground === null ? "" : ` on ${ground}`} ${set}`.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase();
  const phrase = `${withArticle(thing)}${place}`;
  return { key, name, set, colour, ground, caption: phrase[0]!.toUpperCase() + phrase.slice(1) };
}

const NO_ARTICLE = /\b(bread|cherries|grapes|scissors)$/;
const VOWEL_SOUND = /^(?!ewe|uni|uku)[aeiou]/i;

/** "a cat", "an apple", "red cherries". */
export function withArticle(phrase: string): string {
  if (NO_ARTICLE.test(phrase)) return phrase;
  return `${VOWEL_SOUND.test(phrase) ? "an" : "a"} ${phrase}`;
}
