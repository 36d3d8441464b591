import { drawing, withArticle, type Drawing } from "./drawing";
import { EMOJIS, type Emoji } from "./emojis";
import { hasIcon } from "./icon-svg";

const TEXTS = 256;
const DRAWINGS = 256;
const FORMS = [
  (thing: string) => `${withArticle(thing)}.`,
  (thing: string) => `A picture of ${withArticle(thing)}`,
  (thing: string) => `Somebody wrote a few words about ${withArticle(thing)} and what it is good for.`,
  (thing: string) => `Where can I find ${withArticle(thing)}?`,
];

const THINGS = EMOJIS.filter(({ label }) => /^[a-z ]+$/.test(label));

/** Every so-many-th thing, so that all groups have their share. */
const spread = (count: number, things: readonly Emoji[]): Emoji[] =>
  Array.from({ length: count }, (_, i) => things[Math.floor((i * things.length) / count)]!);

/** Every other thing is written about and the others are drawn, so that no text is about the thing of any drawing. */
const isWritten = (_: Emoji, i: number): boolean => i % 2 === 0;

/**
 * Neutral texts about things of all sorts. With `generalDrawings` they are what a model's calibration is measured on when
 * it brings none of its own.
 */
export const generalTexts = (): string[] =>
  spread(TEXTS, THINGS.filter(isWritten)).map(({ label }, i) => FORMS[i % FORMS.length]!(label));

/** Drawings of things of all sorts, as they are. */
export function generalDrawings(): Drawing[] {
  const drawn = THINGS.filter((thing, i) => !isWritten(thing, i) && hasIcon("noto", thing.name));
  return spread(DRAWINGS, drawn).map(({ name }) => drawing({ name, set: "noto" }));
}
