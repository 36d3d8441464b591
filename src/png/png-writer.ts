import { crc32 } from "./crc32";

export const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** What a chunk takes besides its data: length, kind and checksum. */
export const CHUNK_BYTES = 12;

/** A PNG, chunk by chunk, in one piece of memory of `room` bytes. */
export class PngWriter {
  readonly #bytes: Buffer;
  #end: number;

  constructor(room: number) {
    this.#bytes = Buffer.allocUnsafe(room);
    this.#end = SIGNATURE.copy(this.#bytes);
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }

  add(kind: string, ...pieces: readonly Uint8Array[]): void {
    const length = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const start = this.#bytes.writeUInt32BE(length, this.#end);
    let end = start + this.#bytes.write(kind, start, "latin1");
    for (const piece of pieces) {
      this.#bytes.set(piece, end);
      end += piece.byteLength;
    }
    this.#end = this.#bytes.writeUInt32BE(crc32(this.#bytes.subarray(start, end)), end);
  }
}
