import type { Hash } from "node:crypto";
import { createReadStream } from "node:fs";

/** In pieces of 64 kB, as streams have them, a file takes three times as long. */
const PIECE_BYTES = 1_048_576;

/** Adds a file's bytes to a hash. Throws what reading throws. */
export async function hashFile(hash: Hash, path: string): Promise<void> {
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) hash.update(piece as Buffer);
}
