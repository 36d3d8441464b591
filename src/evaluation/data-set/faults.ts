import { AppError } from "../../errors";

const SHOWN = 20;

/** What is wrong with a data set, gathered, so that all of it is told at once. */
export class Faults {
  readonly #faults: string[] = [];

  /** `line`, from 1; null where it is the file as a whole. */
  add(file: string, line: number | null, what: string): void {
    this.#faults.push(`${file}${line === null ? "" : `, line ${line}`}: ${what}`);
  }

  /** Throws BAD_USER_INPUT that names the first twenty faults and counts the rest; does nothing where there are none. */
  throwAny(): void {
    if (this.#faults.length === 0) return;
    const more = this.#faults.length - SHOWN;
    const lines = [...this.#faults.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])];
    const message = `The data set cannot be used; docs/evaluation.md has the format.\n  ${lines.join("\n  ")}`;
    throw new AppError("BAD_USER_INPUT", message);
  }
}
