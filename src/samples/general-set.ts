import emojis from "emojibase-data/en/data.json";
import noto from "@iconify-json/noto/icons.json";
import { drawing, withArticle, type Drawing } from "./drawing";

const TEXTS = 256;
const DRAWINGS = 256;
/** emojibase's groups of things: animals and nature, food, travel, activities, objects. */
const GROUPS: readonly (number | undefined)[] = [3, 4, 5, 6, 7];
const FORMS = [
  (thing: string) => `${withArticle(thing)}.`,
  (thing: string) => `A picture of ${withArticle(thing)}`,
  (thing: string) => `Somebody wrote a few words about ${withArticle(thing)} and what it is good for.`,
  (thing: string) => `Where can I find ${withArticle(thing)}?`,
];

const THINGS: readonly string[] = emojis
  .filter(({ group, label }) => GROUPS.includes(group) && /^[a-z ]+$/.test(label))
  .map(({ label }) => label);

/** Every so-many-th thing, so that all groups have their share. */
const spread = (count: number, things: readonly string[]): string[] =>
  Array.from({ length: count }, (_, i) => things[Math.floor((i * things.length) / count)]!);

/** Every other thing is written about and the others are drawn, so that no text is about the thing of any drawing. */
const isWritten = (_: string, i: number): boolean => i % 2 === 0;

/**
 * Neutral texts about things of all sorts. With `generalDrawings` they are what a model's calibration is measured on when
 * it brings none of its own.
 */
export const generalTexts = (): string[] =>
  spread(TEXTS, THINGS.filter(isWritten)).map((thing, i) => FORMS[i % FORMS.length]!(thing));

/** Drawings of things of all sorts, as they are. */
export function generalDrawings(): Drawing[] {
  const drawn = THINGS.filter((thing, i) => !isWritten(thing, i) && thing.replaceAll(" ", "-") in noto.icons);
  return spread(DRAWINGS, drawn).map((thing) => drawing({ name: thing.replaceAll(" ", "-"), set: "noto" }));
}
