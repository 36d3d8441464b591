import type { ModalityGapQuery } from "../generated/operations";

/** What `collection { modalityGap }` tells. */
export type ModalityGapData = NonNullable<ModalityGapQuery["collection"]["modalityGap"]>;

/** How alike pairs of documents are: cosines. */
export type Similarities = ModalityGapData["across"];

/** A document's place in the plane that shows most of the space. */
export interface GapPoint extends Pick<ModalityGapData["projection"]["points"][number], "x" | "y" | "modality"> {
  readonly document: { readonly id: string };
}

/** The points whose documents are still there. */
export const pointsOf = ({ projection }: ModalityGapData): GapPoint[] =>
  projection.points.flatMap(({ document, ...point }) => (document ? [{ ...point, document }] : []));
