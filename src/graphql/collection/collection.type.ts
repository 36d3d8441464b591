import { Field, Float, Int, ObjectType } from "type-graphql";
import type { Modality } from "../../documents/document";
import { ModalityEnum } from "../scalars";

@ObjectType({ description: "Things in general, by which a model was measured before anything was stored." })
export class CalibrationSet {
  @Field(() => String, {
    description:
      "`general`: the one that comes with Parallax or with the model; else as `parallax calibrate` named it.",
  })
  name!: string;

  @Field(() => Int, { description: "How many texts it has." })
  texts!: number;

  @Field(() => Int, { description: "How many pictures it has." })
  images!: number;
}

@ObjectType({ description: "How much what is stored counts in the calibration, against the set." })
export class CollectionShares {
  @Field(() => Float, { description: "Of texts: 0, all is the set's, to 1, all is the collection's." })
  texts!: number;

  @Field(() => Float, { description: "Of pictures." })
  images!: number;
}

@ObjectType({
  description: "What puts scores of texts and pictures on one scale, made from a sample of the collection.",
})
export class CalibrationInfo {
  @Field(() => String, { description: "Equal versions give equal scores; `explanation` of a hit names it too." })
  version!: string;

  @Field(() => Int, { description: "How many texts the collection had, to two digits, when it was made." })
  texts!: number;

  @Field(() => Int, { description: "How many pictures the collection had, to two digits, when it was made." })
  images!: number;

  @Field(() => CalibrationSet, { description: "What the model was measured by." })
  set!: CalibrationSet;

  @Field(() => CollectionShares, {
    description: "How far the collection's own means have taken over; sooner where it lies far from the set.",
  })
  shares!: CollectionShares;
}

@ObjectType({ description: "Where documents are stored: one collection per model." })
export class Collection {
  @Field(() => String, { description: "Its name in Milvus; `recreateCollection` wants it." })
  name!: string;

  @Field(() => String, { description: "The model that made its vectors." })
  model!: string;

  @Field(() => [ModalityEnum], { description: "What the model takes: texts only, or pictures as well." })
  modalities!: readonly Modality[];

  @Field(() => Int, { description: "Length of its vectors." })
  dimension!: number;

  @Field(() => Int, { description: "How many texts it holds." })
  texts!: number;

  @Field(() => Int, { description: "How many pictures it holds." })
  images!: number;

  @Field(() => CalibrationInfo, { description: "The calibration in force; made anew as the collection changes." })
  calibration!: CalibrationInfo;
}
