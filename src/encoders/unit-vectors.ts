/** The first `dimension` numbers scaled to length 1; null when they are no direction (zero, NaN, infinite). */
export function cutAndNormalise(values: Float32Array, dimension: number): Float32Array | null {
  const cut = values.slice(0, dimension);
  const norm = Math.hypot(...cut);
  return cut.length === dimension && Number.isFinite(norm) && norm > 0 ? cut.map((value) => value / norm) : null;
}
