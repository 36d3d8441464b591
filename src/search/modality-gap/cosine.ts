import type { Vector } from "../document";
import { dot } from "../vector";

/** Cosine similarity of unit vectors, never beyond -1 and 1, where rounding would put it now and then. */
export const cosine = (a: Vector, b: Vector): number => Math.min(1, Math.max(-1, dot(a, b)));
