import { Field, Float, ObjectType } from "type-graphql";
import { StoredDocument } from "./document.type";

@ObjectType({ simpleResolvers: true, description: "A document that is nearly another one." })
export class NearDuplicate {
  @Field(() => Float, { description: "Cosine similarity of the two embeddings, -1 to 1." })
  cosine!: number;

  @Field(() => StoredDocument, { description: "The other one." })
  document!: StoredDocument;
}
