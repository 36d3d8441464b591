import { Field, ID, InputType } from "type-graphql";
import { ImageInput, PdfInput, TextInput } from "./ingest.input";

@InputType({
  description:
    "What to ingest in the background: texts, then images, then PDFs, then the items of an uploaded list; at most 100,000.",
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

  @Field(() => [PdfInput], { nullable: true, description: "PDFs to store, page by page; each is one item." })
  pdfs?: PdfInput[];

  @Field(() => ID, {
    nullable: true,
    description:
      "An uploaded list. NDJSON: {text | image | pdf, key, caption, pictures, metadata} a line. CSV: columns text, image and pdf (URLs), key, caption; others become metadata.",
  })
  uploadId?: string;
}
