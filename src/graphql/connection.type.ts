import { Field, Float, ObjectType } from "type-graphql";
import { DocumentUnion } from "./documents/document.type";
import { SearchHitUnion } from "./search/hit.type";
import { Rerank } from "./search/rerank.type";

@ObjectType({ description: "Where a page stands in the whole list (Relay's cursor connections)." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after this page." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether this page began after a cursor." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first entry." })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last entry; `after` takes it for the next page." })
  endCursor!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A hit and its cursor." })
export class SearchEdge {
  @Field(() => String, { description: "Opaque; `after` takes it." })
  cursor!: string;

  @Field(() => SearchHitUnion, { description: "The hit." })
  node!: typeof SearchHitUnion;
}

@ObjectType({ description: "Where the time of a search went, in milliseconds." })
export class SearchTimings {
  @Field(() => Float, { description: "Making the query a vector; near 0 where it is known or the page goes on." })
  embedMs!: number;

  @Field(() => Float, { description: "Waiting for the encoder to be free, or for queries to share its run with." })
  queueMs!: number;

  @Field(() => Float, { description: "Finding neighbours and keyword matches in Milvus." })
  storeMs!: number;

  @Field(() => Float, { description: "Scoring and ordering what was found." })
  rankMs!: number;

  @Field(() => Float, { description: "Reranking; 0 without, and on later pages, which go on in the same order." })
  rerankMs!: number;
}

@ObjectType({ simpleResolvers: true, description: "A page of hits, best first." })
export class SearchConnection {
  @Field(() => [SearchEdge], { description: "Hits with their cursors." })
  edges!: SearchEdge[];

  @Field(() => [SearchHitUnion], { description: "The hits alone." })
  nodes!: (typeof SearchHitUnion)[];

  @Field(() => PageInfo, { description: "Where this page stands." })
  pageInfo!: PageInfo;

  @Field(() => Rerank, { nullable: true, description: "What reranking came to; null: it was not asked for." })
  rerank!: Rerank | null;

  @Field(() => SearchTimings, { description: "Where the time went." })
  timings!: SearchTimings;
}

@ObjectType({ simpleResolvers: true, description: "A document and its cursor." })
export class DocumentEdge {
  @Field(() => String, { description: "Opaque; `after` takes it." })
  cursor!: string;

  @Field(() => DocumentUnion, { description: "The document." })
  node!: typeof DocumentUnion;
}

@ObjectType({ simpleResolvers: true, description: "A page of documents, in an order that is arbitrary and stays." })
export class DocumentConnection {
  @Field(() => [DocumentEdge], { description: "Documents with their cursors." })
  edges!: DocumentEdge[];

  @Field(() => [DocumentUnion], { description: "The documents alone." })
  nodes!: (typeof DocumentUnion)[];

  @Field(() => PageInfo, { description: "Where this page stands." })
  pageInfo!: PageInfo;
}
