import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const KEPT_LINES = 40;
const MAX_LINE_LENGTH = 500;

/** Reads a child's output line by line and remembers the end of it, for the message when the child fails. */
export class LineTail {
  readonly #lines: string[] = [];

  constructor(streams: readonly Readable[], onLine: (line: string) => void) {
    for (const stream of streams) {
      createInterface({ input: stream, crlfDelay: Infinity }).on("line", (line) => {
        this.#lines.push(line.slice(0, MAX_LINE_LENGTH));
        if (this.#lines.length > KEPT_LINES) this.#lines.shift();
        onLine(line);
      });
    }
  }

  /** The last lines, as a sentence to add to a message; "" when the child said nothing. */
  toString(): string {
    return this.#lines.length === 0 ? "" : ` Its last lines were:\n${this.#lines.join("\n")}`;
  }
}
