import { closeSync, openSync, writeSync } from "node:fs";
import { AppError } from "../errors";

/** The file that `--report` names, a JSON object a line; nothing where it was not given. */
export class LinesFile {
  readonly #file: number | null;

  /** Throws BAD_USER_INPUT when it cannot be written. */
  constructor(path: string | undefined) {
    try {
      this.#file = path === undefined ? null : openSync(path, "w");
    } catch (cause) {
      throw new AppError("BAD_USER_INPUT", `--report ${path} cannot be written.`, { cause });
    }
  }

  add(line: object): void {
    if (this.#file !== null) writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}
