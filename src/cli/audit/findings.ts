import type { Finding } from "../../audit/finding";
import { LinesFile } from "../lines-file";
import { say } from "../terminal";

const SHOWN = 10;

/** What an audit found: all of it in a file if one is wanted, the first few on the terminal. */
export class Findings {
  readonly #file: LinesFile;
  readonly #first: Finding[] = [];
  #count = 0;

  /** Throws BAD_USER_INPUT when the file cannot be written. */
  constructor(private readonly path: string | undefined) {
    this.#file = new LinesFile(path);
  }

  add(finding: Finding): void {
    this.#count++;
    if (this.#first.length < SHOWN) this.#first.push(finding);
    this.#file.add(finding);
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
    if (more > 0) say(`  and ${more} more${this.path === undefined ? "; --report FILE writes them all" : ""}`);
  }

  close(): void {
    this.#file.close();
  }
}
