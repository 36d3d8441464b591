import { DateTimeResolver, URLResolver } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A file that may be put." })
export class Upload {
  @Field(() => ID, { description: "Names the file once its bytes are put: `image: { uploadId }`." })
  id!: string;

  @Field(() => URLResolver, { description: "Takes a PUT of the bytes, and nothing else." })
  url!: string;

  @Field(() => DateTimeResolver, { description: "When the URL stops taking them." })
  expiresAt!: Date;
}
