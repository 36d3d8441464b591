/** What a line of CSV does to its row: ends it, leaves a value in quotes open, breaks it, or makes it wider than any is. */
export type Scanned = "row" | "open" | "broken" | "wide";

/** Values of one row; the widest spreadsheets have 16,384 columns. */
export const MAX_CELLS = 20_000;

/** How a list is written. */
export interface Dialect {
  readonly delimiter: string;
  /** After each delimiter stands a space that belongs to no value. */
  readonly isSpaced: boolean;
}

/**
 * The values of one row of CSV (RFC 4180), line by line. A quote within a value that does not begin with one is a character
 * like any other; white space around quotes belongs to no value. Whatever follows a closing quote but white space and a
 * delimiter breaks the row.
 */
export class CsvScanner {
  /** The values that are complete. */
  readonly cells: string[] = [];
  /** How many of them have a space between the delimiter and themselves, or their quotes. */
  padded = 0;
  /** Of a value in quotes that is not closed, in pieces. */
  #open: string[] | null = null;

  constructor(private readonly dialect: Dialect) {}

  /** Reads one more line; `end` belongs to the value that was left open on the line before. */
  scan(line: string, endBefore: string): Scanned {
    const { delimiter, isSpaced } = this.dialect;
    let at = 0;
    if (this.#open !== null) {
      this.#open.push(endBefore);
      const after = this.#quoted(line, 0);
      if (typeof after === "string") return after;
      at = after;
    }
    while (this.cells.length < MAX_CELLS) {
      if (this.cells.length > 0 && line[at] === " ") this.padded++;
      const start = this.#afterSpace(line, at);
      if (line[start] === '"') {
        this.#open = [];
        const after = this.#quoted(line, start + 1);
        if (typeof after === "string") return after;
        at = after;
        continue;
      }
      if (isSpaced && this.cells.length > 0 && line[at] === " ") at++;
      const end = line.indexOf(delimiter, at);
      this.cells.push(end < 0 ? line.slice(at) : line.slice(at, end));
      if (end < 0) return "row";
      at = end + 1;
    }
    return "wide";
  }

  /** Reads on in a value in quotes; where the next value begins, or what became of the row. */
  #quoted(line: string, from: number): number | Scanned {
    let quote = line.indexOf('"', from);
    while (quote >= 0 && line[quote + 1] === '"') quote = line.indexOf('"', quote + 2);
    this.#open!.push(line.slice(from, quote < 0 ? line.length : quote).replaceAll('""', '"'));
    if (quote < 0) return "open";
    this.cells.push(this.#open!.join(""));
    this.#open = null;
    const after = this.#afterSpace(line, quote + 1);
    if (after === line.length) return "row";
    return line[after] === this.dialect.delimiter ? after + 1 : "broken";
  }

  #afterSpace(line: string, from: number): number {
    let at = from;
    while ((line[at] === " " || line[at] === "\t") && line[at] !== this.dialect.delimiter) at++;
    return at;
  }
}
