import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Setting } from "../../src/config/setting";
import { SETTINGS, SETTING_SECTIONS } from "../../src/config/settings";
import { ERROR_CODES } from "../../src/error-codes";
import { anchorsOf, linksOf, markdownFiles, readText, root, snippetsOf, tableRows } from "../support/markdown";

const settings = Object.values(SETTINGS);
const sections = Object.entries(SETTING_SECTIONS).map(([heading, ofIt]) => [heading, Object.values(ofIt)] as const);
const rowsOf = (shown: readonly Setting<unknown>[]) =>
  shown.map(({ name, defaultText, meaning }) => [`\`${name}\``, defaultText && `\`${defaultText}\``, meaning]);
const HEADS = ["variable", "default", "meaning"];

describe("what is generated (else: npm run generate)", () => {
  it("has every setting under one heading", () => {
    expect(sections.flatMap(([, ofIt]) => ofIt)).toEqual(settings);
  });

  it("has every setting in .env.example", () => {
    const [, ...entries] = readText(".env.example").split("\n\n");
    const expected = sections.flatMap(([heading, ofIt]) => [
      `## ${heading}`,
      ...ofIt.map(({ name, defaultText, meaning }) => `# ${meaning}\n${name}=${defaultText}`),
    ]);
    expect(entries.map((entry) => entry.trimEnd())).toEqual(expected);
  });

  it.each(sections)("has every setting of %s in docs/configuration.md", (heading, ofIt) => {
    const [, underIt = ""] = readText("docs/configuration.md").split(`\n## ${heading}\n`);
    expect(tableRows(underIt, HEADS)).toEqual(rowsOf(ofIt));
  });

  it("has some of them in README.md, in the same words", () => {
    const rows = tableRows(readText("README.md"), HEADS);
    expect(rows).toHaveLength(10);
    expect(rowsOf(settings)).toEqual(expect.arrayContaining(rows));
  });

  it("has every code in docs/errors.md, with meaning and cure", () => {
    const expected = Object.entries(ERROR_CODES).map(([code, { retryable, meaning, cure }]) => [
      `\`${code}\``,
      retryable ? "yes" : "no",
      meaning,
      cure,
    ]);
    expect(tableRows(readText("docs/errors.md"), ["code", "may pass", "meaning", "cure"])).toEqual(expected);
  });
});

it("names only settings that there are in what cures an error", () => {
  const named = Object.values(ERROR_CODES).flatMap(({ cure }) => cure.match(/\b[A-Z]+_[A-Z_]*[A-Z]\b/g) ?? []);
  expect(named.length).toBeGreaterThan(10);
  const names = settings.map(({ name }) => name);
  expect(named.filter((name) => !names.includes(name as never))).toEqual([]);
});

describe.each(markdownFiles().map((file) => [file]))("%s", (file) => {
  it("has no link that leads nowhere", () => {
    const text = readText(file);
    const dead = linksOf(text).filter(
      (link) => !/^(https?|data|mailto):/.test(link) && !leadsSomewhere(file, text, link),
    );
    expect(dead).toEqual([]);
  });
});

function leadsSomewhere(file: string, text: string, link: string): boolean {
  const [path = "", anchor] = decodeURI(link).split("#");
  const target = path === "" ? file : join(dirname(file), path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(path === "" ? text : readText(target)).includes(anchor);
}

it("knows dead links and anchors when it sees them", () => {
  const text = "# A & B: `code`\n\n[a](#a--b-code) [b](#nothing) [c](docs/nothing.md) [d](docs/errors.md#codes)\n";
  expect(linksOf(text).filter((link) => !leadsSomewhere("README.md", text, link))).toEqual([
    "#nothing",
    "docs/nothing.md",
  ]);
});

it("finds snippets by their language", () => {
  expect(snippetsOf("```sh\ncurl\n```\n\n```python\nprint()\n```\n", "python")).toEqual(["print()\n"]);
});

it("names only files that there are in CONTRIBUTING.md", () => {
  const text = readText("CONTRIBUTING.md");
  const named = [...text.matchAll(/`((?:src|test|schema|docs|bench)\/[^`]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
