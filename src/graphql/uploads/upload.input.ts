import { Field, InputType, Int } from "type-graphql";

@InputType({ description: "A file to put beside GraphQL: a picture, a PDF, or a list of items for a job." })
export class UploadInput {
  @Field(() => String, {
    description:
      "image/jpeg, image/png, image/webp, image/gif, image/avif, image/heic (also image/heif), application/pdf, application/x-ndjson or text/csv; also the Content-Type of the PUT.",
  })
  mediaType!: string;

  @Field(() => Int, { description: "Size of the file in bytes; a PUT of more or fewer is refused." })
  bytes!: number;

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of the file, 64 hexadecimal digits; a PUT of other bytes is refused.",
  })
  sha256?: string;
}
