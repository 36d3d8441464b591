import { createHash } from "node:crypto";
import { sharp } from "../pictures/sharp.mjs";

/** A vector that follows from bytes alone and differs with every bit of them; of no special length. */
export function vectorOf(bytes, dimension) {
  const seed = createHash("sha256").update(bytes).digest();
  const vector = new Float32Array(dimension);
  for (let at = 0; at < dimension; at += 8) {
    const part = createHash("sha256").update(seed).update(String(at)).digest();
    for (let i = 0; i < 8 && at + i < dimension; i++) vector[at + i] = part.readInt32LE(i * 4) / 2 ** 29;
  }
  return vector;
}

/** Of a picture's file: of its pixels, so that only the same pixels give it. */
export async function pictureVector(file, dimension) {
  const { data, info } = await sharp(file).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`a picture of ${info.channels} channels`);
  return vectorOf(data, dimension);
}

/** The same scaled to length 1. */
export function unit(vector) {
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}
