import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { toAppError } from "../../../errors";
import { lines } from "../../../ingestion/items/lines";
import type { Faults } from "./faults";

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
  let number = 0;
  try {
    for await (const text of lines(createReadStream(path))) {
      number++;
      if (text.trim() !== "") read.push({ text: text.replace(/^\uFEFF/, ""), number });
    }
  } catch (error) {
    const { code } = toAppError(error, "BAD_USER_INPUT", "");
    const what = code === "INVALID_UPLOAD" ? "is not UTF-8 text. Encode it so" : "cannot be read. See to its rights";
    faults.add(file, number + 1, `It ${what}.`);
  }
  return read;
}
