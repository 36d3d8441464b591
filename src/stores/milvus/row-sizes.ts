/** What one answer may weigh: unpacking some 3 ms a megabyte, it keeps nobody waiting. */
const ANSWER_BYTES = 4_000_000;
/** Rows of one answer that are weighed. */
const WEIGHED = 4;
/** The columns that may be large, and what they are taken for until some were read: few collections have longer texts. */
const FIRST_GUESS = { text: 12_000, metadata: 4_000, source_url: 0, key: 0 };
/** All other columns of a row. */
const OTHERS = 300;
/** How much a lighter answer counts, so that one of them does not let the next be far too heavy. */
const LIGHTER = 0.2;

/** How large documents' rows are, their vectors apart, from those that were read, so that no answer gets too large. */
export class RowSizes {
  readonly #bytes = new Map<string, number>(Object.entries(FIRST_GUESS));

  /** How many rows of these columns an answer may have. */
  rowsAnAnswer(columns: readonly string[]): number {
    const bytes = columns.reduce((sum, column) => sum + (this.#bytes.get(column) ?? 0), OTHERS);
    return Math.max(1, Math.floor(ANSWER_BYTES / bytes));
  }

  /** Takes note of an answer's rows, of the columns that they have. */
  saw(rows: readonly object[]): void {
    if (rows.length === 0) return;
    const count = Math.min(WEIGHED, rows.length);
    const weighed = Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]!);
    for (const [column, before] of this.#bytes) {
      const values = weighed.map((row) => (row as Record<string, unknown>)[column]);
      if (values[0] === undefined) continue;
      const mean = values.reduce<number>((sum, value) => sum + JSON.stringify(value ?? null).length, 0) / count;
      this.#bytes.set(column, Math.max(mean, LIGHTER * mean + (1 - LIGHTER) * before));
    }
  }
}
