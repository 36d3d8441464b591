import { closeSync, openSync, writeSync } from "node:fs";
import type { Finding } from "../../audit/finding";
import { AppError } from "../../errors";
import { say } from "../terminal";

const SHOWN = 10;

/** What an audit found: all of it in a file if one is wanted, the first few on the terminal. */
export class Findings {
  readonly #file: number | null;
  readonly #first: Finding[] = [];
  #count = 0;

  /** Throws BAD_USER_INPUT when the file cannot be written. */
  constructor(path: string | undefined) {
    try {
      this.#file = path === undefined ? null : openSync(path, "w");
    } catch (cause) {
      throw new AppError("BAD_USER_INPUT", `--report ${path} cannot be written.`, { cause });
    }
  }

  add(finding: Finding): void {
    this.#count++;
    if (this.#first.length < SHOWN) this.#first.push(finding);
    if (this.#file !== null) writeSync(this.#file, `${JSON.stringify(finding)}\n`);
  }

  print(): void {
    for (const one of this.#first) {
      const what =
        one.fault === "missing"
          ? `document ${one.id}${one.key === null ? "" : `, key ${JSON.stringify(one.key)}`}`
          : one.mediaType;
      say(`  ${one.fault}: ${one.contentHash} (${what})`);
    }
    const more = this.#count - this.#first.length;
    if (more > 0) say(`  and ${more} more${this.#file === null ? "; --report FILE writes them all" : ""}`);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}
