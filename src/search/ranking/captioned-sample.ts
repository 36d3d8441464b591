import type { Vector } from "../../documents/document";
import { AppError } from "../../errors";
import type { GeneralSample } from "./model-calibration";

/** Unit vectors of a picture and its caption, as a query and as a document; null: the model takes no pictures. */
export interface CaptionedVectors {
  readonly query: Vector;
  readonly document: Vector;
  readonly image: Vector | null;
}

/** Fewer tell too little of a distribution: the tail of unusual similarities is a hundredth of their pairs. */
export const LEAST_CAPTIONED = 64;
/** More make every search slower, and the measures hardly better. */
export const MOST_CAPTIONED = 512;

/** A set of one's own in the place of the general one. Throws BAD_USER_INPUT where it is too small. */
export function captionedSample(vectors: readonly CaptionedVectors[], name: string): GeneralSample {
  if (vectors.length < LEAST_CAPTIONED) throw tooFew(vectors.length);
  const images = vectors.flatMap(({ image }) => (image === null ? [] : [image]));
  // Texts stand in for pictures where the model takes none.
  const samples = (text: readonly Vector[]) => ({ text, image: images.length === 0 ? text : images });
  return {
    name,
    paired: true,
    queries: samples(vectors.map(({ query }) => query)),
    documents: samples(vectors.map(({ document }) => document)),
  };
}

const tooFew = (count: number): AppError =>
  new AppError(
    "BAD_USER_INPUT",
    `Only ${count} could be encoded, but ${LEAST_CAPTIONED} with different captions are needed; 200 and more are better.`,
  );
