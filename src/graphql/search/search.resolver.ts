import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Int, Query, Resolver } from "type-graphql";
import { checkFirst } from "../check-first";
import { connection } from "../connection";
import { SearchConnection } from "../connection.type";
import type { Context } from "../context";
import { readPosition, writePosition } from "./position";
import { imageContent, textContent } from "./read-content";
import { searchCost } from "./search-cost";
import { readParts, readSearch, type SearchParts } from "./read-search";
import { wantedFields } from "./wanted-fields";
import { SearchByImageInput, SearchByTextInput, SearchInput } from "./search.input";

const FIRST = "How many hits, at most; 1 to 1,000.";
const AFTER = "A cursor of the same query: hits after it. The ranking stays as it was for the first page.";

interface Page {
  readonly first: number;
  readonly after: string | null | undefined;
  /** What is selected of it. */
  readonly info: GraphQLResolveInfo;
}

@Resolver()
export class SearchResolver {
  @Query(() => String, {
    nullable: true,
    description: "The model that reranks; null: none is configured, and `rerank` fails with RERANK_NOT_CONFIGURED.",
  })
  rerankModel(@Ctx() { searcher }: Context): string | null {
    return searcher.rerankModel;
  }

  @Query(() => SearchConnection, {
    description: "Texts and pictures that mean what these words say, best first.",
    complexity: searchCost,
  })
  searchByText(
    @Arg("input", () => SearchByTextInput) input: SearchByTextInput,
    @Arg("first", () => Int, { defaultValue: 5, description: FIRST }) first: number,
    @Arg("after", () => String, { nullable: true, description: AFTER }) after: string | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SearchConnection> {
    return search(
      input,
      async () => [{ content: textContent(input.text, context), weight: 1 }],
      { first, after, info },
      context,
    );
  }

  @Query(() => SearchConnection, {
    description: "Texts and pictures that are like this picture, best first.",
    complexity: searchCost,
  })
  searchByImage(
    @Arg("input", () => SearchByImageInput) input: SearchByImageInput,
    @Arg("first", () => Int, { defaultValue: 5, description: FIRST }) first: number,
    @Arg("after", () => String, { nullable: true, description: AFTER }) after: string | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SearchConnection> {
    const parts = async () => [{ content: await imageContent(input.image, context), weight: 1 }];
    return search(input, parts, { first, after, info }, context);
  }

  @Query(() => SearchConnection, {
    description:
      "Texts and pictures that answer a composed query, best first: texts, pictures and stored documents, each with a " +
      "weight, with keywords, groups and diversity.",
    complexity: searchCost,
  })
  search(
    @Arg("input", () => SearchInput) input: SearchInput,
    @Arg("first", () => Int, { defaultValue: 5, description: FIRST }) first: number,
    @Arg("after", () => String, { nullable: true, description: AFTER }) after: string | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SearchConnection> {
    return search(input, () => readParts(input, context), { first, after, info }, context);
  }
}

async function search(
  input: SearchByTextInput | SearchByImageInput | SearchInput,
  readContent: () => Promise<SearchParts>,
  { first, after, info }: Page,
  context: Context,
): Promise<SearchConnection> {
  const { searcher, lookups, limits } = context;
  checkFirst(first, limits.maxFirst);
  const position = typeof after === "string" ? readPosition(input, after) : null;
  const options = readSearch(input, context);
  const parts = await readContent();
  const { hits, hasNextPage, rerank, timings } = await searcher.search(
    { parts, after: position, first, fields: wantedFields(info), ...options },
    lookups,
  );
  const page = connection(input, {
    nodes: hits,
    positionOf: (hit) => writePosition(hit.position()),
    hasNextPage,
    hasPreviousPage: position !== null,
  });
  return { rerank, timings, ...page } as unknown as SearchConnection;
}
