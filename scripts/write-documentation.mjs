// Writes what documentation says of the settings in src/config/settings/, of the errors in src/error-codes.ts and of the rooms:
// .env.example, the tables of README.md, docs/configuration.md and docs/errors.md, the picture of docs/architecture.md. Part of
// `npm run generate`.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { rootFolder } from "./setup/folders.mjs";

const require = createRequire(import.meta.url);
const { SETTINGS, SETTING_SECTIONS } = require(join(rootFolder, "dist/config/settings.js"));
const { ERROR_CODES } = require(join(rootFolder, "dist/error-codes.js"));

/** What README.md shows of the settings: those that nearly everybody sets. */
const MOST_USED = [
  "HOST",
  "PORT",
  "PUBLIC_URL",
  "MODEL",
  "DATA_FOLDER",
  "MEDIA_URI",
  "MILVUS_URI",
  "MILVUS_TOKEN",
  "CORS_ORIGINS",
  "LOG_LEVEL",
];
const SETTING_HEADS = ["variable", "default", "meaning"];
const ERROR_HEADS = ["code", "may pass", "meaning", "cure"];

const code = (text) => text && `\`${text}\``;
const settingRows = (shown) => shown.map(({ name, defaultText, meaning }) => [code(name), code(defaultText), meaning]);
const errorRows = Object.entries(ERROR_CODES).map(([name, { retryable, meaning, cure }]) => [
  code(name),
  retryable ? "yes" : "no",
  meaning,
  cure,
]);

/** Puts a table in place of the first in that file, or under that heading, that has these heads. */
function writeTable(name, heads, rows, heading = null) {
  const file = join(rootFolder, name);
  const lines = [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const above = heading === null ? "" : `^## ${heading}\\n[^|#]*`;
  const table = new RegExp(`(${above})^\\| ${heads.map((head) => `${head} +`).join("\\| ")}\\|\\n(?:\\|.*\\n)+`, "m");
  const text = readFileSync(file, "utf8");
  const where = heading === null ? name : `${name}, under ${heading},`;
  if (!table.test(text)) throw new Error(`${where} has no table with the heads ${heads.join(", ")}.`);
  writeFileSync(
    file,
    text.replace(table, (_, before) => `${before}${lines.join("\n")}\n`),
  );
}

const sections = Object.entries(SETTING_SECTIONS).map(([heading, settings]) => [heading, Object.values(settings)]);
const env = sections.flatMap(([heading, settings]) => [
  `## ${heading}\n`,
  ...settings.map(({ name, defaultText, meaning }) => `# ${meaning}\n${name}=${defaultText}\n`),
]);
writeFileSync(
  join(rootFolder, ".env.example"),
  `# Every setting with its default; docs/configuration.md says the same in tables. Empty means the default.\n\n${env.join("\n")}`,
);
for (const [heading, settings] of sections)
  writeTable("docs/configuration.md", SETTING_HEADS, settingRows(settings), heading);
const mostUsed = Object.values(SETTINGS).filter(({ name }) => MOST_USED.includes(name));
writeTable("README.md", SETTING_HEADS, settingRows(mostUsed));
writeTable("docs/errors.md", ERROR_HEADS, errorRows);

const architecture = join(rootFolder, "docs/architecture.md");
const rooms = execFileSync(process.execPath, [join(rootFolder, "scripts/draw-rooms.mjs")], { encoding: "utf8" });
writeFileSync(
  architecture,
  readFileSync(architecture, "utf8").replace(/```mermaid\n[^]*?```\n/, () => rooms),
);
