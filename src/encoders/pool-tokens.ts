import type { Tensor } from "../onnx/transformers";
import type { Pooling } from "./text-settings";

/**
 * One vector a text out of one a token. `tokens`: [texts, length, width]; `mask`: int64 [texts, length], 1 where a token is
 * no padding. "mean" and "max" go over those, "cls" takes the first of them, "last" the last. Gives [texts, width].
 */
export function poolTokens(
  tokens: Float32Array,
  [texts, length, width]: readonly [number, number, number],
  mask: Tensor,
  pooling: Pooling,
): Float32Array {
  const counts = mask.data as BigInt64Array;
  const pooled = new Float32Array(texts * width);
  for (let text = 0; text < texts; text++) {
    const places = Array.from({ length }, (_, i) => text * length + i).filter((place) => counts[place] === 1n);
    const taken = pooling === "cls" ? places.slice(0, 1) : pooling === "last" ? places.slice(-1) : places;
    const rows = taken.map((place) => tokens.subarray(place * width, (place + 1) * width));
    const vector = pooled.subarray(text * width, (text + 1) * width);
    vector.set(pooling === "max" ? maximumOf(rows, width) : meanOf(rows, width));
  }
  return pooled;
}

function meanOf(rows: readonly Float32Array[], width: number): Float64Array {
  const sum = new Float64Array(width);
  for (const row of rows) for (let i = 0; i < width; i++) sum[i]! += row[i]! / rows.length;
  return sum;
}

function maximumOf(rows: readonly Float32Array[], width: number): Float32Array {
  const most = new Float32Array(width).fill(-Infinity);
  for (const row of rows) for (let i = 0; i < width; i++) most[i] = Math.max(most[i]!, row[i]!);
  return most;
}
