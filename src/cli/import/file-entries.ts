import { basename } from "node:path";
import { localFile } from "../../ingestion/local/local-file";
import type { Common, Found } from "./entry";
import { pagesOf } from "./folder-entries";

/** One file, whose key is its name. Throws as `localFile` does. */
export async function* fileEntries(path: string, common: Common): AsyncGenerator<Found> {
  const file = await localFile(path);
  const name = basename(path);
  const item = { key: `${common.keyPrefix}${name}`, metadata: common.metadata, ...pagesOf(file, common) };
  yield { kind: "entry", origin: { file: name }, item, file };
}
