const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/;

/** Watches the values of a CSV list for columns of numbers that its header does not call so. */
export class ColumnHints {
  readonly #isNumeric = new Map<string, boolean>();

  see(metadata: unknown): void {
    for (const [name, value] of Object.entries(metadata ?? {})) {
      if (this.#isNumeric.get(name) === false) continue;
      this.#isNumeric.set(name, typeof value === "string" && NUMBER.test(value));
    }
  }

  /** What the user may want to know before the list is sent; null: nothing. */
  get hint(): string | null {
    const names = [...this.#isNumeric].flatMap(([name, isNumeric]) => (isNumeric ? [name] : []));
    if (names.length === 0) return null;
    const [which, example] = [names.map((name) => `\`${name}\``).join(", "), names[0]];
    return `Only numbers stand in ${which}, and are stored as text. To find them by their size, write \`${example}:number\` in the header.`;
  }
}
