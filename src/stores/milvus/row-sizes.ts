/** What one answer may weigh: unpacking some 3 ms a megabyte, it keeps nobody waiting. */
const ANSWER_BYTES = 4_000_000;
/** Rows of one answer that are weighed. */
const WEIGHED = 4;
/** Of what is not known yet: few collections have longer texts. */
const FIRST_GUESS = 16_000;
/** How much a lighter answer counts, so that one of them does not let the next be far too heavy. */
const LIGHTER = 0.2;

/** How large documents' rows are, their vectors apart, from those that were read, so that no answer gets too large. */
export class RowSizes {
  #bytes = FIRST_GUESS;

  /** How many rows an answer may have. */
  get rowsAnAnswer(): number {
    return Math.max(1, Math.floor(ANSWER_BYTES / this.#bytes));
  }

  /** Takes note of an answer's rows, whole but for a vector. */
  saw(rows: readonly object[]): void {
    if (rows.length === 0) return;
    const count = Math.min(WEIGHED, rows.length);
    const weighed = Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]!);
    const mean = weighed.reduce((sum, row) => sum + JSON.stringify({ ...row, vector: undefined }).length, 0) / count;
    this.#bytes = Math.max(mean, LIGHTER * mean + (1 - LIGHTER) * this.#bytes);
  }
}
