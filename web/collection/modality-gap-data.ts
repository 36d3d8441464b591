import type { Modality } from "../generated/operations";

/** How alike pairs of documents are: cosines. */
export interface Similarities {
  readonly mean: number;
  readonly spread: number;
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly share: number }[];
}

/** A document's place in the plane that shows most of the space. */
export interface GapPoint {
  readonly x: number;
  readonly y: number;
  readonly modality: Modality;
  readonly document: { readonly id: string };
}

/** What `collection { modalityGap }` tells. */
export interface ModalityGapData {
  readonly centroidDistance: number;
  readonly centroidCosine: number;
  readonly withinText: Similarities;
  readonly withinImage: Similarities;
  readonly across: Similarities;
  readonly projection: { readonly points: readonly GapPoint[] };
}
