import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = join(__dirname, "../../schema/operations");

/** The operations of schema/operations, in the order of their files: what GraphiQL and Sandbox open with. */
export async function readSampleOperations(): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".graphql")).sort();
  return Promise.all(files.map((name) => readFile(join(FOLDER, name), "utf8")));
}
