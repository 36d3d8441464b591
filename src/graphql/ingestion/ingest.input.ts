import { JSONObjectResolver, URLResolver } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import { DocumentFilter } from "../documents/filter.input";

const KEY =
  "Your own identifier, in Unicode's form NFC: the same key again replaces. Without one the id comes from the content and a repeat is a Duplicate.";
const METADATA =
  "Anything worth filtering by or showing; at most 16 KiB as JSON, 8 levels deep, integers within ±(2^53 - 1).";

@InputType({ description: "A text to store." })
export class TextInput {
  @Field(() => String, { nullable: true, description: KEY })
  key?: string;

  @Field(() => String, {
    description: "The text, at most 60,000 UTF-8 bytes; one of more than some sentences is embedded in passages.",
  })
  text!: string;

  @Field(() => JSONObjectResolver, { nullable: true, description: METADATA })
  metadata?: unknown;
}

@InputType({ description: "A picture to store: exactly one of these." })
export class ImageSource {
  @Field(() => URLResolver, { nullable: true, description: "Fetched by the server; public addresses only." })
  url?: URL;

  @Field(() => String, { nullable: true, description: "The file's bytes in base64, or a data: URL." })
  base64?: string;

  @Field(() => ID, { nullable: true, description: "A file that was put at the URL of `createUpload`." })
  uploadId?: string;
}

@InputType({ description: "A picture to store: JPEG, PNG, WebP, GIF, AVIF or HEIC." })
export class ImageInput {
  @Field(() => String, { nullable: true, description: KEY })
  key?: string;

  @Field(() => ImageSource, { description: "Where its bytes come from." })
  image!: ImageSource;

  @Field(() => String, { nullable: true, description: "A text to show with it; one that shows nothing is none." })
  caption?: string;

  @Field(() => JSONObjectResolver, { nullable: true, description: METADATA })
  metadata?: unknown;
}

@InputType({ description: "A PDF to store: exactly one of these." })
export class PdfSource {
  @Field(() => URLResolver, { nullable: true, description: "Fetched by the server; public addresses only." })
  url?: URL;

  @Field(() => String, { nullable: true, description: "The file's bytes in base64, or a data: URL." })
  base64?: string;

  @Field(() => ID, { nullable: true, description: "A file that was put at the URL of `createUpload`." })
  uploadId?: string;
}

@InputType({ description: "A PDF to store, each page as a document of its own." })
export class PdfInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Your own identifier: the third page gets this and `#page=3`; the same one again replaces all pages. Without one it is the file's SHA-256.",
  })
  key?: string;

  @Field(() => PdfSource, { description: "Where its bytes come from; at most 50 MiB and 2,000 pages." })
  pdf!: PdfSource;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether each page is stored as a picture too, so that scans and drawings are found; its key ends in `&picture`.",
  })
  pictures?: boolean;

  @Field(() => JSONObjectResolver, {
    nullable: true,
    description: "What every page gets beside `pdf`, `pdfTitle`, `pdfPage` and `pdfPages`, which the server writes.",
  })
  metadata?: unknown;
}

@InputType({ description: "What to delete: exactly one of these." })
export class DeleteDocumentsInput {
  @Field(() => [ID], { nullable: true, description: "Documents with these ids." })
  ids?: string[];

  @Field(() => [String], { nullable: true, description: "Documents with these keys." })
  keys?: string[];

  @Field(() => DocumentFilter, {
    nullable: true,
    description: "Documents for which this holds; no part of it may be empty.",
  })
  where?: DocumentFilter;
}
