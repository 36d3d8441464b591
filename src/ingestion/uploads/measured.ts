import { createHash } from "node:crypto";
import { AppError } from "../../errors";

/** What bytes in pieces have to add up to; `sha256` null: anything. */
export interface Expected {
  readonly bytes: number;
  readonly sha256: string | null;
}

/** Bytes in pieces that are counted and hashed as they pass. Throws at the end, or as soon as there are too many, unless they are as expected. */
export class Measured implements AsyncIterable<Uint8Array> {
  /** Of all bytes, once they have passed. */
  sha256 = "";

  constructor(
    private readonly source: AsyncIterable<Uint8Array>,
    private readonly expected: Expected,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of this.source) {
      bytes += piece.byteLength;
      if (bytes > this.expected.bytes) throw tooMany(this.expected.bytes);
      hash.update(piece);
      yield piece;
    }
    if (bytes < this.expected.bytes) {
      throw new AppError(
        "INVALID_UPLOAD",
        `${bytes} of ${this.expected.bytes} announced bytes came. Send all of them.`,
      );
    }
    this.sha256 = hash.digest("hex");
    if (this.expected.sha256 === null || this.expected.sha256 === this.sha256) return;
    throw new AppError("INVALID_UPLOAD", "The bytes have another SHA-256 than was announced. Send that file again.");
  }
}

const tooMany = (bytes: number): AppError =>
  new AppError(
    "TOO_LARGE",
    `More came than the ${bytes} bytes that were announced. Create an upload for the whole file.`,
  );
