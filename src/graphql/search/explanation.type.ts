import { JSONObjectResolver } from "graphql-scalars";
import { Field, Float, ObjectType } from "type-graphql";
import type { Modality } from "../../documents/document";
import { ModalityEnum } from "../scalars";

@ObjectType({ description: "What one part of a query has to do with a hit." })
export class PartExplanation {
  @Field(() => Float, { description: "The part's weight." })
  weight!: number;

  @Field(() => Float, { description: "Cosine similarity with the means of both kinds taken out, -1 to 1." })
  centredCosine!: number;

  @Field(() => Float, { description: "The calibrated score that the part alone would give." })
  score!: number;
}

@ObjectType({ description: "How a hit's score came about." })
export class HitExplanation {
  @Field(() => ModalityEnum, { description: "What the hit is, and so what it was measured against." })
  modality!: Modality;

  @Field(() => Float, {
    description: "Cosine similarity of query and hit with the means of both kinds taken out, -1 to 1.",
  })
  centredCosine!: number;

  @Field(() => Float, {
    description: "The centred cosine that documents of this modality have with the query on average.",
  })
  backgroundMean!: number;

  @Field(() => Float, {
    description:
      "How far above that the nearest fiftieth of them is. Calibrated score = (centredCosine - mean) / reach.",
  })
  backgroundReach!: number;

  @Field(() => Float, {
    description: "How much of means and background is the collection's own, 0 to 1; the rest is the model's.",
  })
  collectionShare!: number;

  @Field(() => [PartExplanation], { description: "The parts of the query, in their order." })
  parts!: PartExplanation[];

  @Field(() => Float, {
    nullable: true,
    description: "BM25 of its text or caption; null: none of the keywords is in it.",
  })
  keywordScore!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "How much of the score is due to keywords; null: none were given.",
  })
  keywordShare!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "What the reranker gave it; compares within one search. Null: it was not reread.",
  })
  rerankScore!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Its score before reranking gave it another place; null: it was not reread.",
  })
  firstScore!: number | null;

  @Field(() => String, { description: "Version of the calibration: equal versions give equal scores." })
  calibration!: string;

  @Field(() => JSONObjectResolver, {
    nullable: true,
    description: "The condition that it met, as stores are given it.",
  })
  filter!: object | null;
}
