import { Field, ID, InputType } from "type-graphql";
import { ImageInput, TextInput } from "./ingest.input";

@InputType({
  description:
    "What to ingest in the background: texts, then images, then the items of an uploaded list; at most 100,000.",
})
export class IngestionInput {
  @Field(() => String, {
    nullable: true,
    description: "Your own name for this ingestion: the same one again is the same ingestion, and starts nothing.",
  })
  requestId?: string;

  @Field(() => [TextInput], { nullable: true, description: "Texts to store." })
  texts?: TextInput[];

  @Field(() => [ImageInput], { nullable: true, description: "Pictures to store." })
  images?: ImageInput[];

  @Field(() => ID, {
    nullable: true,
    description:
      "An uploaded list. NDJSON: {text | image, key, caption, metadata} a line. CSV: columns text, image (a URL), key, caption; others become metadata.",
  })
  uploadId?: string;
}
