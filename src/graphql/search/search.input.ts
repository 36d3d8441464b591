import { URLResolver } from "graphql-scalars";
import { Field, Float, ID, InputType, Int } from "type-graphql";
import type { Modality } from "../../documents/document";
import type { Ranking } from "../../search/ranking/ranking";
import { DocumentFilter } from "../documents/filter.input";
import { ModalityEnum, RankingEnum } from "../scalars";

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
export abstract class SearchOptions {
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

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Leave out hits that are no more similar than documents which have nothing to do with the query would be by chance: " +
      "a query that nothing answers then finds little or nothing.",
  })
  relevantOnly!: boolean;
}

@InputType({ description: "Rereads the first hits with the query, by a model that sees both together." })
export class RerankInput {
  @Field(() => Int, {
    defaultValue: 50,
    description: "How many of the first hits, 1 to 200: the more, the better and the slower.",
  })
  candidates!: number;

  @Field(() => String, {
    nullable: true,
    description: "The model that must reread, as `rerankModel` names it; RERANK_NOT_CONFIGURED where it is another.",
  })
  model?: string;
}

@InputType({ description: "What searches with words may narrow and order by." })
export abstract class WordSearchOptions extends SearchOptions {
  @Field(() => RerankInput, {
    nullable: true,
    description:
      "Puts the first hits in the order of the server's reranker, if that answers in time; `rerank { status }` of the " +
      "result tells. RERANK_NOT_CONFIGURED where there is none.",
  })
  rerank?: RerankInput;
}

@InputType({ description: "What to look for, in words." })
export class SearchByTextInput extends WordSearchOptions {
  @Field(() => String, { description: "The query, in the model's language." })
  text!: string;
}

@InputType({ description: "What to look for, as a picture." })
export class SearchByImageInput extends SearchOptions {
  @Field(() => ImageQuery, { description: "The picture." })
  image!: ImageQuery;
}

@InputType({ description: "What one part of a query looks for: exactly one of these." })
export class QueryContent {
  @Field(() => String, { nullable: true, description: "Words, in the model's language." })
  text?: string;

  @Field(() => ImageQuery, { nullable: true, description: "A picture." })
  image?: ImageQuery;

  @Field(() => ID, {
    nullable: true,
    description: "A stored text or picture: finds what is like it, but not itself.",
  })
  documentId?: string;
}

@InputType({ description: "A part of a composed query." })
export class QueryPart {
  @Field(() => QueryContent, { description: "What it looks for." })
  content!: QueryContent;

  @Field(() => Float, {
    defaultValue: 1,
    description: "How much it counts beside the other parts, -100 to 100 but not 0; below 0 it pushes away.",
  })
  weight!: number;
}

@InputType({ description: "The best hits of each group instead of all hits." })
export class GroupBy {
  @Field(() => String, {
    description: "A top-level key of the metadata; documents without it are each a group of their own.",
  })
  metadataKey!: string;

  @Field(() => Int, { defaultValue: 1, description: "How many hits of one group there may be, 1 to 100." })
  size!: number;
}

@InputType({ description: "What to look for, composed of texts, pictures and stored documents." })
export class SearchInput extends WordSearchOptions {
  @Field(() => [QueryPart], {
    description: "1 to 16 parts, at least one of them with a weight above 0: a picture and the words that change it.",
  })
  parts!: QueryPart[];

  @Field(() => String, {
    nullable: true,
    description:
      "Words that texts and captions should hold (BM25), as much as they mean what is looked for; pictures without a " +
      "caption keep their place. With CALIBRATED and RRF; not on Milvus before 2.5.",
  })
  keywords?: string;

  @Field(() => GroupBy, { nullable: true, description: "At most so many hits of one group." })
  groupBy?: GroupBy;

  @Field(() => Float, {
    nullable: true,
    description:
      "0 to 1: how much each of the first 100 hits should differ from those before it (maximal marginal relevance).",
  })
  diversity?: number;
}
