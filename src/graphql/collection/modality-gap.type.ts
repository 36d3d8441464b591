import { Field, Float, Int, InterfaceType, ObjectType } from "type-graphql";
import type { Modality } from "../../documents/document";
import { COST, costs } from "../cost/costs";
import { ModalityEnum } from "../scalars";

/** Of each modality. */
export const MAX_SAMPLE = 1_000;

// What the core measures is what these types resolve from; the classes only declare.

@ObjectType({ description: "A value below which a share of the pairs are." })
export class CosineQuantile {
  @Field(() => Float, { description: "Share of the pairs at or below `cosine`, 0 to 1." })
  share!: number;

  @Field(() => Float, { description: "The value, -1 to 1." })
  cosine!: number;
}

@ObjectType({ description: "Pairs whose cosine is from `from` to below `to`." })
export class CosineBin {
  @Field(() => Float, { description: "Lower edge, a multiple of 0.02." })
  from!: number;

  @Field(() => Float, { description: "Upper edge." })
  to!: number;

  @Field(() => Float, { description: "Share of all pairs, 0 to 1." })
  share!: number;
}

@ObjectType({ description: "How the cosines of many pairs of documents are spread." })
export class CosineDistribution {
  @Field(() => Float, { description: "Their mean." })
  mean!: number;

  @Field(() => Float, { description: "Their standard deviation." })
  spread!: number;

  @Field(() => [CosineQuantile], { description: "At the shares 0.01, 0.05, 0.25, 0.5, 0.75, 0.95 and 0.99." })
  quantiles!: CosineQuantile[];

  @Field(() => [CosineBin], { description: "From the first bin with a pair in it to the last." })
  histogram!: CosineBin[];
}

@ObjectType({ description: "A number for texts and one for pictures." })
export class ConeAngle {
  @Field(() => Float, { description: "Of texts, in degrees." })
  text!: number;

  @Field(() => Float, { description: "Of pictures, in degrees." })
  image!: number;
}

@InterfaceType({ description: "Where texts and pictures lie, apart and together." })
export abstract class GapMeasures {
  @Field(() => Float, {
    description: "Euclidean distance of the mean of texts and the mean of pictures, 0 to 2 (arXiv 2203.02053).",
  })
  centroidDistance!: number;

  @Field(() => Float, { description: "Cosine of the two means, -1 to 1." })
  centroidCosine!: number;

  @Field(() => ConeAngle, { description: "Mean angle between a modality's vectors and their mean, in degrees." })
  coneAngle!: ConeAngle;

  @Field(() => CosineDistribution, { description: "Cosines of two texts." })
  withinText!: CosineDistribution;

  @Field(() => CosineDistribution, { description: "Cosines of two pictures." })
  withinImage!: CosineDistribution;

  @Field(() => CosineDistribution, { description: "Cosines of a text and a picture." })
  across!: CosineDistribution;
}

@ObjectType({ description: "A document in the projection." })
export class ProjectedDocument {
  @Field(() => Float, { description: "Along the direction in which the vectors differ most; 0 is their mean." })
  x!: number;

  @Field(() => Float, { description: "Along the direction in which they differ most besides." })
  y!: number;

  @Field(() => ModalityEnum, { description: "Whether it is a text or a picture." })
  modality!: Modality;
}

@ObjectType({ description: "The sampled vectors in the plane of their first two principal components." })
export class Projection {
  @Field(() => [Float], { description: "How much of all variance x and y have, 0 to 1 each." })
  explained!: number[];

  @Field(() => [ProjectedDocument], {
    // How many are sampled is said further up.
    complexity: costs(({ inner }) => 2 * MAX_SAMPLE * (COST.field + inner)),
    description: "Texts, then pictures; texts lie further left and further down on average.",
  })
  points!: ProjectedDocument[];
}

@ObjectType({ description: "How many documents of each modality." })
export class SampledDocuments {
  @Field(() => Int, { description: "Texts." })
  text!: number;

  @Field(() => Int, { description: "Pictures." })
  image!: number;
}

@ObjectType({ implements: GapMeasures, description: "How far they are apart with each modality's mean taken out." })
export class CalibratedGap extends GapMeasures {}

@ObjectType({
  implements: GapMeasures,
  description: "How far texts and pictures of the collection are apart, as the model has them.",
})
export class ModalityGap extends GapMeasures {
  @Field(() => SampledDocuments, { description: "How many documents that was measured on." })
  sampled!: SampledDocuments;

  @Field(() => CalibratedGap, { description: "The same as the CALIBRATED ranking has it." })
  calibrated!: CalibratedGap;

  @Field(() => Projection, { description: "The sampled documents as a drawing shows them." })
  projection!: Projection;
}
