import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { textLines } from "../../ingestion/items/text-lines";
import type { Faults } from "./faults";

/** Longer than any text that a model reads. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** The lines of a UTF-8 file that are not empty; one that cannot be read is a fault, and has none. */
export async function readLines(folder: string, file: string, faults: Faults): Promise<Line[]> {
  const path = join(folder, file);
  if (!(await stat(path).catch(() => null))?.isFile()) {
    faults.add(file, null, "There is no such file in the folder. Add it.");
    return [];
  }
  const read: Line[] = [];
  try {
    for await (const lines of textLines(createReadStream(path), MAX_LINE_BYTES)) {
      for (const { number, text, fault } of lines) {
        if (text === null) faults.add(file, number, `It ${fault}.`);
        else if (text.trim() !== "") read.push({ text, number });
      }
    }
  } catch {
    faults.add(file, null, "It cannot be read. Check its permissions.");
  }
  return read;
}
