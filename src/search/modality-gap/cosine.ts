import type { Vector } from "../../documents/document";
import { dot } from "../../documents/vector";

/** Cosine similarity of unit vectors, never beyond -1 and 1, where rounding would put it now and then. */
export const cosine = (a: Vector, b: Vector): number => Math.min(1, Math.max(-1, dot(a, b)));
