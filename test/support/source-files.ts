import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A source file, named from the folder that was read. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  /** What it imports, as written: types and dynamic imports, too. */
  readonly imports: readonly string[];
  /** Those of them that are files, named from the folder that was read, without their extensions. */
  readonly targets: readonly string[];
}

/** Every TypeScript file of a folder of the project. */
export function sourceFiles(folder: string): SourceFile[] {
  const root = join(__dirname, "../..", folder);
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  return names.map((name) => {
    const text = readFileSync(join(root, name), "utf8");
    const imports = [...text.matchAll(/(?:from |import |import\()"([^"]+)"/g)].map(([, one]) => one!);
    const targets = imports
      .filter((one) => one.startsWith("."))
      .map((one) => relative(root, join(root, dirname(name), one)).replace(/\.js$/, ""));
    return { name, text, imports, targets };
  });
}
