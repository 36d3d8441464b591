import { isUtf8 } from "node:buffer";
import type { Encoding } from "./encoding";

/** A line of a list. */
export interface Line {
  /** From 1, as editors count. */
  readonly number: number;
  /** Without its end. Null: it is not readable. */
  readonly text: string | null;
  /** "\n", "\r\n", "\r", or nothing at the end of the list. */
  readonly end: string;
  /** Why there is no text: "is not UTF-8 text …". */
  readonly fault: string | null;
}

const [LF, CR] = [0x0a, 0x0d];

/**
 * Splits bytes that come in pieces into lines; a feed, a return, or both end one, also within one list. A line that is not text or has more than `maxBytes` bytes is told as such and
 * harms no other; of one that is too long nothing is kept, so that its length costs no memory and its time stays linear.
 */
export class LineSplitter {
  readonly #width: 1 | 2;
  readonly #maxBytes: number;
  #number = 0;
  /** Of the line that has begun: its bytes in pieces, none once there are too many. */
  #pieces: Buffer[] = [];
  #bytes = 0;
  /** The line ended with a return, and whether a feed belongs to it is still to come. */
  #returned = false;
  /** Half of a UTF-16 unit. */
  #rest = Buffer.alloc(0);

  constructor(
    private readonly encoding: Encoding,
    maxBytes: number,
  ) {
    this.#width = encoding === "utf-8" ? 1 : 2;
    this.#maxBytes = maxBytes * this.#width;
  }

  /** The lines that end in this piece. */
  split(given: Uint8Array): Line[] {
    const piece = this.#wholeUnits(given);
    const found: Line[] = [];
    let from = 0;
    for (let at = 0; at < piece.length; at += this.#width) {
      const unit = this.#width === 1 ? piece[at]! : piece.readUInt16LE(at);
      if (this.#returned) {
        this.#returned = false;
        found.push(this.#take(unit === LF ? "\r\n" : "\r"));
        if (unit === LF) {
          from = at + this.#width;
          continue;
        }
      }
      if (unit !== LF && unit !== CR) continue;
      this.#add(piece.subarray(from, at));
      from = at + this.#width;
      if (unit === LF) found.push(this.#take("\n"));
      else this.#returned = true;
    }
    this.#add(piece.subarray(from));
    return found;
  }

  /** The last line, unless it has ended. */
  end(): Line[] {
    if (this.#returned) return [this.#take("\r")];
    this.#add(this.#rest);
    return this.#bytes > 0 ? [this.#take("")] : [];
  }

  #wholeUnits(given: Uint8Array): Buffer {
    const piece = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    if (this.#width === 1) return piece;
    const joined = Buffer.concat([this.#rest, piece]);
    const whole = joined.length - (joined.length % 2);
    this.#rest = joined.subarray(whole);
    return this.encoding === "utf-16be" ? joined.subarray(0, whole).swap16() : joined.subarray(0, whole);
  }

  #add(bytes: Buffer): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#maxBytes) this.#pieces = [];
    else if (bytes.length > 0) this.#pieces.push(bytes);
  }

  #take(end: string): Line {
    const [pieces, bytes] = [this.#pieces, this.#bytes];
    [this.#pieces, this.#bytes] = [[], 0];
    const number = ++this.#number;
    if (bytes > this.#maxBytes) return { number, end, text: null, fault: `has more than ${this.#maxBytes} bytes` };
    const text = this.#decode(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
    return { number, end, text, fault: text === null ? NO_TEXT[this.#width] : null };
  }

  #decode(line: Buffer): string | null {
    if (this.#width === 2) return line.length % 2 === 0 ? line.toString("utf16le") : null;
    return isUtf8(line) ? line.toString("utf8") : null;
  }
}

const NO_TEXT = {
  1: "is not UTF-8 text: save the list as UTF-8 (in Excel “CSV UTF-8”)",
  2: "ends in the middle of a character: the list was cut off",
} as const;
