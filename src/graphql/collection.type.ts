import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Where documents are stored: one collection per model." })
export class Collection {
  @Field(() => String, { description: "Its name in Milvus; `recreateCollection` wants it." })
  name!: string;

  @Field(() => String, { description: "The model that made its vectors." })
  model!: string;

  @Field(() => Int, { description: "Length of its vectors." })
  dimension!: number;

  @Field(() => Int, { description: "How many texts it holds." })
  texts!: number;

  @Field(() => Int, { description: "How many pictures it holds." })
  images!: number;
}
