import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** emojibase's groups of things: animals and nature, food, travel, activities, objects. */
const THINGS = [3, 4, 5, 6, 7];
const SETS = ["noto", "twemoji", "fluent-emoji-flat", "openmoji"];

/**
 * Writes what sample pictures and texts are made from: emojis.json (the things among the emoji, with what is said of them)
 * and <set>.json (their drawings). A tenth of the packages that they come from, which only a clone has.
 */
export function buildSamples(folder) {
  mkdirSync(folder, { recursive: true });
  const write = (name, content) => writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  const emojis = require("emojibase-data/en/data.json")
    .filter(({ group }) => THINGS.includes(group))
    .map(({ label, subgroup, tags }) => ({ name: iconName(label), label, subgroup, tags }));
  write("emojis", emojis);
  const names = emojis.map(({ name }) => name);
  for (const set of SETS) write(set, drawingsOf(require(`@iconify-json/${set}/icons.json`), names));
}

/** As the sets name their drawings. */
const iconName = (label) => label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

function drawingsOf({ icons, aliases = {}, width, height }, names) {
  const found = names.map((name) => [name, icons[name] ?? icons[aliases[name]?.parent]]);
  return { width, height, icons: Object.fromEntries(found.filter(([, icon]) => icon !== undefined)) };
}
