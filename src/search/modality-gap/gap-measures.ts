import { setImmediate as nextTurn } from "node:timers/promises";
import type { Vector } from "../../documents/document";
import type { PerModality, Samples } from "../ranking/kinds";
import { meanOf, normalise } from "../../documents/vector";
import { cosine } from "./cosine";
import { cosineDistribution, type CosineDistribution } from "./cosine-distribution";
import { cosinesAcross, cosinesWithin } from "./paired-cosines";

/** Where texts and pictures lie, apart and together. */
export interface GapMeasures {
  /** Euclidean distance of the means of texts and of pictures (Liang et al. 2022, arXiv 2203.02053), 0 to 2. */
  readonly centroidDistance: number;
  /** Cosine of the two means, -1 to 1. */
  readonly centroidCosine: number;
  /** The mean angle in degrees between a modality's vectors and their mean: how wide its cone is. */
  readonly coneAngle: PerModality<number>;
  readonly withinText: CosineDistribution;
  readonly withinImage: CosineDistribution;
  readonly across: CosineDistribution;
}

/** Of at least two unit vectors per modality. Lets others have their turn now and then. */
export async function gapMeasures({ text, image }: Samples): Promise<GapMeasures> {
  const centroids = { text: meanOf(text), image: meanOf(image) };
  const coneAngle = { text: meanAngle(text, centroids.text), image: meanAngle(image, centroids.image) };
  await nextTurn();
  const withinText = cosineDistribution(cosinesWithin(text));
  await nextTurn();
  const withinImage = cosineDistribution(cosinesWithin(image));
  await nextTurn();
  const across = cosineDistribution(cosinesAcross(text, image));
  await nextTurn();
  return {
    centroidDistance: distance(centroids.text, centroids.image),
    centroidCosine: cosine(normalise(centroids.text), normalise(centroids.image)),
    coneAngle,
    withinText,
    withinImage,
    across,
  };
}

const distance = (a: Vector, b: Vector): number => Math.hypot(...a.map((value, i) => value - b[i]!));

function meanAngle(vectors: readonly Vector[], centroid: Vector): number {
  const axis = normalise(centroid);
  const angles = vectors.map((vector) => Math.acos(cosine(vector, axis)));
  return (angles.reduce((sum, angle) => sum + angle, 0) / angles.length) * (180 / Math.PI);
}
