import type { Vector } from "../../documents/document";

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Vectors as they look in the plane that keeps the most of how they differ. */
export interface Projection {
  /** In the order of the vectors, around their mean; all finite, at the scale of the vectors. */
  readonly places: readonly Place[];
  /** How much of all variance each axis has, 0 to 1, x first and at least as much as y. */
  readonly explained: readonly [x: number, y: number];
}

/** The same vectors have the same projection, but an axis may point either way. Lets others have their turn. */
export type Project = (vectors: readonly Vector[]) => Promise<Projection>;
