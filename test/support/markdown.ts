import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "../..");

export const readText = (path: string): string => readFileSync(join(root, path), "utf8");

const FOREIGN = /^(\..+|node_modules|dist|data|coverage)$/;

/** The paths of all Markdown files of the project. */
export const markdownFiles = (folder = ""): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !FOREIGN.test(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return markdownFiles(path);
      return entry.name.endsWith(".md") ? [path] : [];
    });

/** The rows of the table with these heads, cell by cell; none where there is no such table. */
export function tableRows(text: string, heads: readonly string[]): string[][] {
  const tables = text.split(/\n(?!\|)/).map((part) =>
    part
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
  const table = tables.find(([first]) => first?.join() === heads.join()) ?? [];
  return table.slice(2);
}

/** Where a link of a text may lead within it, as GitHub names headings. */
export function anchorsOf(text: string): string[] {
  const headings = [...withoutCode(text).matchAll(/^#{1,6} +(.*)$/gm)].map(([, heading]) => slug(heading!));
  return headings.map((name, i) => {
    const before = headings.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before}`;
  });
}

/** The targets of the links of a text, pictures among them. */
export const linksOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)|(?:src|href)="([^"]+)"/g)].map(([, a, b]) => (a ?? b)!);

/** The fenced snippets of a language, in their order. */
export const snippetsOf = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language).map(([, , code]) => code!);

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, "");

const slug = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .trim()
    .replaceAll(" ", "-");
