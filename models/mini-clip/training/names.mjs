/** Which thing an icon draws, by its key. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const OTHER_DRAWINGS =
  /-(outline|variant|duotone|fill|filled|rounded|outline-rounded|flat|remix|color|one|two|three|four)$|-\d+$/;
const SKIPPED_DRAWINGS = /-(bold|light|thin|sharp|off|slash|outline-sharp|line)$/;
const SHORTCODES = ["emojibase", "emojibase-legacy", "cldr", "github", "iamcal", "joypixels"];
// What an icon's name must be like to count as the name of a thing that is no emoji.
const PLAIN_NAME = /^[a-z]{3,}(-[a-z]{2,}){0,2}$/;
// emojibase groups: smileys, people, animals and nature, food, travel, activities, objects, symbols
const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8];

export const styles = JSON.parse(readFileSync(new URL("styles.json", import.meta.url), "utf8"));
const SKIPPED = new RegExp(styles.skipped);

const lettersOf = (label) => label.toLowerCase().replace(/[^a-z0-9]+/g, "");
const slugOf = (label) =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
const shortcodes = SHORTCODES.map((list) => require(`emojibase-data/en/shortcodes/${list}.json`));

/** Emoji by the letters of their labels, and of the short names that mean one emoji only. */
function emojiByLetters() {
  const emoji = require("emojibase-data/en/data.json").map(({ hexcode, label, group }) => {
    const name = slugOf(label);
    return { hexcode, label, group, name: GROUPS.includes(group) && !SKIPPED.test(name) ? name : undefined };
  });
  const found = new Map();
  for (const one of emoji)
    for (const short of shortcodes.flatMap((list) => list[one.hexcode] ?? []).map(lettersOf))
      found.set(short, found.has(short) && found.get(short) !== one ? { name: undefined } : one);
  for (const one of emoji) found.set(lettersOf(one.label), one);
  return found;
}

const byLetters = emojiByLetters();

/** What an icon draws: { name, group } of an emoji, { name } of another thing; undefined where we leave it out. */
export function thingOf(key) {
  if (SKIPPED_DRAWINGS.test(key)) return undefined;
  const name = key.replace(OTHER_DRAWINGS, "");
  const emoji = byLetters.get(lettersOf(key)) ?? byLetters.get(lettersOf(name));
  if (emoji) return emoji.name === undefined ? undefined : { name: emoji.name, group: emoji.group };
  return PLAIN_NAME.test(name) ? { name } : undefined;
}
