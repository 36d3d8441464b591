import type { Vector } from "../documents/document";
import { dot } from "../documents/vector";

/** What is known of a document's unit vector: its cosines with some directions, which are unit vectors too. */
export interface Sight {
  /** The document's own vector; null: only cosines are known. */
  readonly vector: Vector | null;
  knows(directions: readonly Vector[]): boolean;
  /** Throws for a direction that it does not know. */
  cosineWith(direction: Vector): number;
}

/** Of a vector that is at hand. */
export const wholeSight = (vector: Vector): Sight => ({
  vector,
  knows: () => true,
  cosineWith: (direction) => dot(direction, vector),
});

/** Of cosines that a store told: one for each direction, in their order. */
export const sightOf = (directions: readonly Vector[], cosines: readonly number[]): Sight => ({
  vector: null,
  knows: (wanted) => wanted.every((direction) => directions.includes(direction)),
  cosineWith: (direction) => {
    const cosine = cosines[directions.indexOf(direction)];
    if (cosine === undefined) throw new TypeError("The cosine with this direction was not looked up");
    return cosine;
  },
});
