import { CsvScanner, MAX_CELLS, type Dialect } from "./csv-scanner";
import type { Line } from "./line-splitter";

/** A row of a CSV list, or a line that is none, with what is wrong about it: "Line 7 …". */
export type CsvRow =
  | { readonly line: number; readonly lastLine: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly problem: string };

/** Lines of one row; a text has fewer. */
const MAX_LINES = 100_000;
/** Two are enough for lists that people write; quotes can be strewn so that every line would be read once for each before it. */
const MAX_READS = 4;

/** A line, and how often it was read as part of a row that came to nothing. */
interface Unread {
  readonly line: Line;
  readonly reads: number;
}

/**
 * Puts lines together to rows. A line that leaves a quote open, or breaks its row, is told, and reading goes on with the line
 * after it as if it had not been there. No line is read more than four times, so that the time stays linear.
 */
export class CsvRows {
  /** Lines of the row that has begun. */
  #begun: Unread[] = [];
  #characters = 0;
  #scanner: CsvScanner;

  constructor(
    private readonly dialect: Dialect,
    private readonly maxRowLength: number,
  ) {
    this.#scanner = new CsvScanner(dialect);
  }

  /** The rows that end with this line. */
  *read(line: Line): Generator<CsvRow> {
    yield* this.#readAll([{ line, reads: 0 }]);
  }

  /** What is left over at the end of the list. */
  *end(): Generator<CsvRow> {
    while (this.#begun.length > 0) {
      const lines: Unread[] = [];
      yield* this.#giveUp("begins a value in quotes that is not closed", lines);
      yield* this.#readAll(lines);
    }
  }

  /** Reads lines, the next one last, and what it puts back to them. */
  *#readAll(lines: Unread[]): Generator<CsvRow> {
    for (let next = lines.pop(); next !== undefined; next = lines.pop()) yield* this.#readOne(next, lines);
  }

  *#readOne(unread: Unread, lines: Unread[]): Generator<CsvRow> {
    const { number, text, fault } = unread.line;
    if (text === null) {
      if (this.#begun.length === 0) return yield told(number, fault!);
      lines.push(unread);
      return yield* this.#giveUp(
        "begins a value in quotes that is not closed before a line that cannot be read",
        lines,
      );
    }
    const endBefore = this.#begun.at(-1)?.line.end ?? "";
    this.#begun.push(unread);
    this.#characters += text.length;
    const scanned = this.#scanner.scan(text, endBefore);
    if (scanned === "row") yield this.#finish(number);
    else if (scanned === "broken") yield* this.#giveUp(MISPLACED, lines);
    else if (scanned === "wide") yield* this.#giveUp(`has ${MAX_CELLS} values or more`, lines);
    else if (this.#characters > this.maxRowLength || this.#begun.length > MAX_LINES) {
      const length = `${this.maxRowLength} characters and ${MAX_LINES} lines`;
      yield* this.#giveUp(`begins a value in quotes that is not closed within ${length}`, lines);
    }
  }

  #finish(lastLine: number): CsvRow {
    const row = { line: this.#begun[0]!.line.number, lastLine, cells: this.#scanner.cells };
    this.#reset();
    return row;
  }

  /** Gives the first line up and puts those after it back. */
  *#giveUp(why: string, lines: Unread[]): Generator<CsvRow> {
    const [first, ...others] = this.#begun;
    this.#reset();
    yield told(first!.line.number, why);
    const again = others.map(({ line, reads }) => ({ line, reads: reads + 1 }));
    for (const { line, reads } of again) if (reads >= MAX_READS) yield told(line.number, AMONG_STRAY_QUOTES);
    for (const one of again.toReversed()) if (one.reads < MAX_READS) lines.push(one);
  }

  #reset(): void {
    this.#begun = [];
    this.#characters = 0;
    this.#scanner = new CsvScanner(this.dialect);
  }
}

const MISPLACED =
  'has a quote that is not closed, or one within a value in quotes that is not doubled: write "" for " there';
const AMONG_STRAY_QUOTES = "cannot be told from a value in quotes that began before it: close the quotes above it";

const told = (line: number, why: string): CsvRow => ({ line, problem: `Line ${line} ${why}.` });
