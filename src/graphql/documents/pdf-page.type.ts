import { URLResolver } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({
  simpleResolvers: true,
  description: "The page of a PDF that a document is: its text, or a picture of it.",
})
export class PdfPage {
  @Field(() => String, { nullable: true, description: "The PDF's title, as the file says; null: it says none." })
  title!: string | null;

  @Field(() => Int, { description: "Number of the page, from 1." })
  page!: number;

  @Field(() => Int, { description: "How many pages the PDF has." })
  pages!: number;

  @Field(() => URLResolver, { description: "Opens the PDF at this page in a browser; served by this server." })
  url!: string;
}
