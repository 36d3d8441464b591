import { readFileSync } from "node:fs";
import { builtInPackages } from "./built-in-packages.mjs";
import { npmPackages } from "./npm-packages.mjs";
import { pythonPackages } from "./python-packages.mjs";

const MICROSOFT_WORKS = ["Fluent Emoji", "Monaco Editor", "ONNX Runtime"];
/** Inside of what others packed, or of drawings whose package has no licence file. */
const MICROSOFT = [[readFileSync(new URL("microsoft-mit.txt", import.meta.url), "utf8").trim(), MICROSOFT_WORKS]];

/** Begins what follows from the Python at hand: which packages pip chooses differs from one to the next. */
export const PYTHON_TITLE = "## Milvus Lite";

/** What THIRD-PARTY.md says. */
export async function thirdPartyText() {
  const builtIn = await builtInPackages();
  return [
    "# Third-party software",
    "What is shipped with Parallax, built into it or installed beside it. Drawings, words and models are in [NOTICE](NOTICE). " +
      "Written by `npm run generate`, from package-lock.json, the packages themselves and .venv.",
    "## Installed by npm",
    "Each with its own licence file, where its makers put one. Of packages with a platform in their names each machine gets its own. " +
      "sharp's libvips (LGPL-3.0-or-later) is a shared library in a package of its own, which can be replaced. The Milvus client " +
      "(@zilliz/milvus2-sdk-node) and what it needs come inside Parallax's package.",
    table(["package", "version", "licence"], rowsOf(npmPackages())),
    PYTHON_TITLE,
    "Installed by pip where Milvus Lite is used, and in the image that has it. requirements.txt has the versions that are fixed.",
    table(
      ["package", "licence"],
      pythonPackages().map(({ name, licence }) => [name, licence]),
    ),
    "## Built into it",
    "The search page (dist/web), GraphiQL (dist/http/graphiql.html.gz: with Monaco, MIT, Microsoft), Transformers.js " +
      "(dist/onnx/transformers.js: with ONNX Runtime for browsers, MIT, Microsoft), and names and words of emoji (dist/samples/emoji).",
    table(["package", "version", "licence"], rowsOf(builtIn)),
    ...textsOf(builtIn),
    "",
  ].join("\n\n");
}

const rowsOf = (packages) =>
  [
    ...new Map(packages.map(({ name, version, licence }) => [`${name} ${version}`, [name, version, licence]])).values(),
  ].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const table = (heads, rows) =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** Each text once, under the names of those that have it. */
function textsOf(packages) {
  const owners = new Map(MICROSOFT);
  for (const { name, text } of packages) if (text !== null) owners.set(text, [...(owners.get(text) ?? []), name]);
  return [...owners].map(([text, names]) => `### ${names.join(", ")}\n\n\`\`\`\n${text}\n\`\`\``);
}
