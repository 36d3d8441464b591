import type { Vector } from "../documents/document";
import { dot, normalise } from "../documents/vector";

/** What is left of a direction that the others have already is rounding. */
const MIN_REST = 1e-4;

/** Unit vectors at right angles that span what these span (Gram and Schmidt, twice over against rounding). */
export function orthonormal(vectors: readonly Vector[]): Vector[] {
  const found: Vector[] = [];
  for (const vector of vectors) {
    const unit = normalise(vector);
    const rest = without(without(unit, found), found);
    if (Math.sqrt(dot(rest, rest)) > MIN_REST) found.push(normalise(rest));
  }
  return found;
}

function without(vector: Vector, directions: readonly Vector[]): Vector {
  return directions.reduce((rest, direction) => {
    const share = dot(rest, direction);
    return rest.map((value, i) => value - share * direction[i]!);
  }, vector);
}
