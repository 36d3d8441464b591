import { nameOf, type Failure } from "./import/entry";
import { LinesFile } from "./lines-file";
import { say } from "./terminal";

const SHOWN = 10;

/** What was not stored: all of it in a file if one is wanted, the first few on the terminal. */
export class Report {
  readonly #file: LinesFile;
  readonly #first: Failure[] = [];
  #count = 0;

  /** Throws BAD_USER_INPUT when the file cannot be written. */
  constructor(private readonly path: string | undefined) {
    this.#file = new LinesFile(path);
  }

  add(failure: Failure): void {
    const { origin, key, code, message, retryable } = failure;
    this.#count++;
    if (this.#first.length < SHOWN) this.#first.push(failure);
    this.#file.add({ ...origin, key, code, message, retryable });
  }

  /** Ends the file with the summary. */
  close(summary: object): void {
    this.#file.add({ summary });
    this.#file.close();
  }

  print(): void {
    for (const { origin, code, message } of this.#first) say(`  ${nameOf(origin)}: ${message} (${code})`);
    const more = this.#count - this.#first.length;
    if (more > 0) say(`  and ${more} more${this.path === undefined ? "; --report FILE writes them all" : ""}`);
    if (this.#count > 0 && this.path !== undefined) say(`  All of them are in ${this.path}.`);
  }
}
