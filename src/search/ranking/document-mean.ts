import type { Vector } from "../../documents/document";
import type { Sight } from "../sight";
import { dot, normalise } from "../../documents/vector";

/** A document that is its modality's mean has no direction once centred; nothing is divided by less than this. */
const MIN_LENGTH = 1e-6;

/** The mean of one modality's documents, as centring takes it out. */
export class DocumentMean {
  /** A unit vector. */
  readonly direction: Vector;
  readonly #length: number;

  constructor(readonly vector: Vector) {
    this.#length = Math.sqrt(dot(vector, vector));
    this.direction = normalise(vector);
  }

  /** Cosine of a unit vector and a document with this mean taken out, -1 to 1. */
  centredCosine(direction: Vector, document: Sight): number {
    const along = document.cosineWith(this.direction);
    const squared = 1 - 2 * this.#length * along + this.#length ** 2;
    const centred = Math.sqrt(Math.max(squared, MIN_LENGTH));
    return (document.cosineWith(direction) - dot(direction, this.vector)) / centred;
  }
}
