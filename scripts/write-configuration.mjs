// Writes .env.example and the README's table from the settings in src/config.ts: part of `npm run generate`.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { rootFolder } from "./setup/folders.mjs";

const { SETTINGS } = createRequire(import.meta.url)(join(rootFolder, "dist/config.js"));
const settings = Object.values(SETTINGS);

const env = settings.map(({ name, defaultText, meaning }) => `# ${meaning}\n${name}=${defaultText}\n`);
writeFileSync(
  join(rootFolder, ".env.example"),
  `# Every setting with its default; README.md says the same as a table. Empty means the default.\n\n${env.join("\n")}`,
);

const rows = settings.map(
  ({ name, defaultText, meaning }) => `| \`${name}\` | ${defaultText && `\`${defaultText}\``} | ${meaning} |`,
);
const table = ["| variable | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
const readme = join(rootFolder, "README.md");
const text = readFileSync(readme, "utf8");
writeFileSync(
  readme,
  text.replace(/\| variable +\| default[\s\S]*?\n\n/, () => `${table}\n\n`),
);
