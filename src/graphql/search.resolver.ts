import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { AppError } from "../errors";
import { MODALITIES } from "../search/document";
import type { QueryContent } from "../search/searcher";
import { connection } from "./connection";
import { SearchConnection } from "./connection.type";
import type { Context } from "./context";
import { readCursor } from "./cursor";
import { exactlyOne } from "./exactly-one";
import { readFilter } from "./read-filter";
import { readSource } from "./read-items";
import { ImageQuery, SearchByImageInput, SearchByTextInput } from "./search.input";

const FIRST = "How many hits, at most; 1 to 1,000.";
const AFTER = "A cursor of the same query: hits after it.";

@Resolver()
export class SearchResolver {
  @Query(() => SearchConnection, { description: "Texts and pictures that mean what these words say, best first." })
  searchByText(
    @Arg("input", () => SearchByTextInput) input: SearchByTextInput,
    @Arg("first", () => Int, { defaultValue: 5, description: FIRST }) first: number,
    @Arg("after", () => String, { nullable: true, description: AFTER }) after: string | undefined,
    @Ctx() context: Context,
  ): Promise<SearchConnection> {
    return search(input, { kind: "text", text: readQueryText(input.text, context) }, { first, after }, context);
  }

  @Query(() => SearchConnection, { description: "Texts and pictures that are like this picture, best first." })
  async searchByImage(
    @Arg("input", () => SearchByImageInput) input: SearchByImageInput,
    @Arg("first", () => Int, { defaultValue: 5, description: FIRST }) first: number,
    @Arg("after", () => String, { nullable: true, description: AFTER }) after: string | undefined,
    @Ctx() context: Context,
  ): Promise<SearchConnection> {
    return search(input, await readImageQuery(input.image, context), { first, after }, context);
  }
}

interface Page {
  readonly first: number;
  readonly after: string | null | undefined;
}

async function search(
  input: SearchByTextInput | SearchByImageInput,
  content: QueryContent,
  { first, after }: Page,
  { searcher, lookups, limits, tenant }: Context,
): Promise<SearchConnection> {
  const filter = readFilter(input.where, limits.maxFilterTerms);
  const offset = typeof after === "string" ? readCursor(input, after, isRank) : 0;
  if (first < 1 || offset + first > limits.maxFirst) throw outOfRange(first, offset, limits.maxFirst);
  const { ranking, minScore = null } = input;
  const modalities = input.modalities?.length ? input.modalities : MODALITIES;
  const request = { tenant, content, modalities, filter, ranking, minScore, offset, first };
  const { hits, hasNextPage } = await searcher.search(request, lookups);
  return connection(input, {
    nodes: hits,
    positionOf: ({ rank }) => rank,
    hasNextPage,
    hasPreviousPage: offset > 0,
  }) as unknown as SearchConnection;
}

const isRank = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;

function outOfRange(first: number, offset: number, maxFirst: number): AppError {
  const most =
    offset === 0 ? `from 1 to ${maxFirst}` : `at least 1, and together with the page's start at most ${maxFirst}`;
  return new AppError("BAD_USER_INPUT", `\`first\` is ${first}; it must be ${most}. Narrow the search to see deeper.`);
}

function readQueryText(text: string, { limits }: Context): string {
  if (text.trim() === "") throw new AppError("INVALID_TEXT", "The query is empty. Say what to look for.");
  if (Buffer.byteLength(text, "utf8") > limits.maxTextBytes) {
    throw new AppError("TOO_LARGE", `The query has more than ${limits.maxTextBytes} UTF-8 bytes. Shorten it.`);
  }
  return text.toWellFormed();
}

async function readImageQuery(image: ImageQuery, { intake, tenant }: Context): Promise<QueryContent> {
  const { documentId, ...source } = image;
  if (typeof documentId === "string") {
    exactlyOne("ImageQuery", image);
    return { kind: "document", id: documentId };
  }
  return { kind: "image", pixels: await intake.readQueryImage(tenant, readSource("ImageQuery", source)) };
}
