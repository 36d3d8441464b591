import { URLResolver } from "graphql-scalars";
import { Field, Float, ID, InputType } from "type-graphql";
import type { Modality } from "../search/document";
import type { Ranking } from "../search/ranking";
import { DocumentFilter } from "./filter.input";
import { ModalityEnum, RankingEnum } from "./scalars";

@InputType({ description: "A picture as a query: exactly one of these." })
export class ImageQuery {
  @Field(() => URLResolver, { nullable: true, description: "Fetched by the server; public addresses only." })
  url?: URL;

  @Field(() => String, { nullable: true, description: "The file's bytes in base64, or a data: URL." })
  base64?: string;

  @Field(() => ID, { nullable: true, description: "A file that was put at the URL of `createUpload`." })
  uploadId?: string;

  @Field(() => ID, { nullable: true, description: "A stored document: finds what is like it, but not itself." })
  documentId?: string;
}

@InputType({ description: "What every search may narrow and order by." })
abstract class SearchOptions {
  @Field(() => [ModalityEnum], { nullable: true, description: "Look only for these; both where none is given." })
  modalities?: Modality[];

  @Field(() => DocumentFilter, { nullable: true, description: "Look only among documents for which this holds." })
  where?: DocumentFilter;

  @Field(() => RankingEnum, {
    defaultValue: RankingEnum.CALIBRATED,
    description: "How texts and pictures get into one list.",
  })
  ranking!: Ranking;

  @Field(() => Float, { nullable: true, description: "Leave out hits below this score (of the chosen ranking)." })
  minScore?: number;
}

@InputType({ description: "What to look for, in words." })
export class SearchByTextInput extends SearchOptions {
  @Field(() => String, { description: "The query, in the model's language." })
  text!: string;
}

@InputType({ description: "What to look for, as a picture." })
export class SearchByImageInput extends SearchOptions {
  @Field(() => ImageQuery, { description: "The picture." })
  image!: ImageQuery;
}
