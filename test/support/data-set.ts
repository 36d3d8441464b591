import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A data set's folder with these files; of lists the lines. */
export function dataSetFolder(files: Readonly<Record<string, readonly string[] | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "parallax-data-set-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content instanceof Uint8Array ? content : `${content.join("\n")}\n`);
  }
  return folder;
}

export const QRELS_HEADER = "query-id\tcorpus-id\tscore";
