import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = join(__dirname, "../../../schema/operations");
const FRAGMENTS = "fragments.graphql";

/** The operations of schema/operations, each with the fragments that it spreads: what GraphiQL and Sandbox open with. */
export async function readSampleOperations(folder = FOLDER): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".graphql") && name !== FRAGMENTS);
  const files = names.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const fragments = (await readFile(join(folder, FRAGMENTS), "utf8")).split(/\n\n+/);
  const operations = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  return operations.map((operation) => withFragments(operation, fragments));
}

function withFragments(operation: string, fragments: readonly string[]): string {
  const missing = fragments.filter((fragment) => {
    const [, name] = /fragment (\w+) on/.exec(fragment)!;
    return new RegExp(`\\.\\.\\.${name}\\b`).test(operation) && !operation.includes(`fragment ${name} on`);
  });
  return missing.length === 0 ? operation : withFragments([operation, ...missing].join("\n"), fragments);
}
