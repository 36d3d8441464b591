import { AppError } from "../../errors";
import { namesItems, readColumns, type CsvColumn } from "./csv-column";
import { CsvScanner, type Dialect } from "./csv-scanner";
import type { Line } from "./line-splitter";

/** What spreadsheets put between values; the first under which a header names an item is the one. */
const DELIMITERS = [",", ";", "\t", "|"] as const;
const MAX_LINES = 100;

/** How a CSV list is written and what its columns are. */
export interface CsvHeader {
  readonly dialect: Dialect;
  readonly columns: readonly CsvColumn[];
}

/** Finds a CSV list's header, which says how the rest is to be read. */
export class CsvHeaderReader {
  readonly #lines: Line[] = [];
  #delimiters: readonly string[] = DELIMITERS;

  /** The header, if it ends with this line; null: it goes on. Throws INVALID_UPLOAD when the list has none. */
  read(line: Line): CsvHeader | null {
    if (line.text === null) throw new AppError("INVALID_UPLOAD", `The CSV list's line ${line.number} ${line.fault}.`);
    if (this.#lines.length === 0 && isBlank(line.text)) return null;
    // What Excel is told by, and writes.
    const [, separator] = /^"?sep=(.)"?$/i.exec(line.text) ?? [];
    if (this.#lines.length === 0 && separator !== undefined) {
      this.#delimiters = [separator];
      return null;
    }
    this.#lines.push(line);
    const tries = this.#delimiters.map((delimiter) => this.#scan({ delimiter, isSpaced: false }));
    const found = tries.find((one) => one !== "open" && one !== null) as CsvHeader | undefined;
    if (found === undefined && (!tries.includes("open") || this.#lines.length >= MAX_LINES)) throw noHeader();
    return found ?? null;
  }

  /** The header under a dialect, if it names items. */
  #scan(dialect: Dialect): CsvHeader | "open" | null {
    const scanner = new CsvScanner(dialect);
    for (const [at, { text }] of this.#lines.entries()) {
      const scanned = scanner.scan(text!, this.#lines[at - 1]?.end ?? "");
      const isLast = at === this.#lines.length - 1;
      if (scanned === "open" && isLast) return "open";
      // A header that had ended before was none.
      if (scanned !== (isLast ? "row" : "open")) return null;
    }
    if (!namesAny(scanner.cells)) return null;
    const { cells, padded } = scanner;
    const isSpaced = padded > 0 && padded >= cells.slice(1).filter((cell) => cell !== "").length;
    return { dialect: { ...dialect, isSpaced }, columns: readColumns(cells) };
  }
}

const namesAny = (cells: readonly string[]): boolean => cells.some((cell) => namesItems(readColumns([cell])));

/** Nothing but delimiters: what a spreadsheet leaves of an empty row. */
const isBlank = (text: string): boolean => /^[\s,;|"]*$/.test(text);

export const noHeader = (): AppError =>
  new AppError(
    "INVALID_UPLOAD",
    "The CSV list's first line names no column `text`, `image` or `pdf`. Begin with a header such as key,text,image,caption.",
  );
