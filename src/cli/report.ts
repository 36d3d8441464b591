import { closeSync, openSync, writeSync } from "node:fs";
import { AppError } from "../errors";
import { nameOf, type Failure } from "./import/entry";
import { say } from "./terminal";

const SHOWN = 10;

/** What was not stored: all of it in a file if one is wanted, the first few on the terminal. */
export class Report {
  readonly #file: number | null;
  readonly #first: Failure[] = [];
  #count = 0;

  /** Throws BAD_USER_INPUT when the file cannot be written. */
  constructor(private readonly path: string | undefined) {
    try {
      this.#file = path === undefined ? null : openSync(path, "w");
    } catch (cause) {
      throw new AppError("BAD_USER_INPUT", `--report ${path} cannot be written.`, { cause });
    }
  }

  add(failure: Failure): void {
    const { origin, key, code, message, retryable } = failure;
    this.#count++;
    if (this.#first.length < SHOWN) this.#first.push(failure);
    this.#write({ ...origin, key, code, message, retryable });
  }

  /** Ends the file with the summary. */
  close(summary: object): void {
    this.#write({ summary });
    if (this.#file !== null) closeSync(this.#file);
  }

  print(): void {
    for (const { origin, code, message } of this.#first) say(`  ${nameOf(origin)}: ${message} (${code})`);
    const more = this.#count - this.#first.length;
    if (more > 0) say(`  and ${more} more${this.path === undefined ? "; --report FILE writes them all" : ""}`);
    if (this.#count > 0 && this.path !== undefined) say(`  All of them are in ${this.path}.`);
  }

  #write(line: object): void {
    if (this.#file !== null) writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}
