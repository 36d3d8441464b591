import { AppError } from "../../errors";
import { MODALITIES } from "../../documents/document";
import type { GroupBy as Group } from "../../search/ranking/group";
import type { SearchRequest } from "../../search/search-request";
import type { Context } from "../context";
import { isMetadataKey, METADATA_KEY_RULE, readFilter } from "../documents/read-filter";
import { readContent, readWords } from "./read-content";
import { SearchInput, type GroupBy, type RerankInput, type SearchOptions } from "./search.input";

export type SearchParts = SearchRequest["parts"];

const MAX_PARTS = 16;
const MAX_WEIGHT = 100;
const MAX_GROUP_SIZE = 100;
export const MAX_RERANKED = 200;
/** Keywords are words, not texts. */
const MAX_KEYWORD_BYTES = 4_096;

const wrong = (message: string): AppError => new AppError("BAD_USER_INPUT", message);

/** What a client wants of a search besides its query. Throws BAD_USER_INPUT and INVALID_FILTER. */
export function readSearch(
  input: SearchOptions & Partial<Pick<SearchInput, "keywords" | "rerank" | "groupBy" | "diversity">>,
  { limits, tenant }: Context,
): Omit<SearchRequest, "parts" | "after" | "first" | "fields"> {
  const { ranking, relevantOnly, minScore, keywords, rerank, groupBy, diversity } = input;
  return {
    tenant,
    ranking,
    relevantOnly,
    minScore: minScore ?? null,
    filter: readFilter(input.where, limits.maxFilterTerms),
    modalities: input.modalities?.length ? input.modalities : MODALITIES,
    keywords: typeof keywords === "string" ? readWords(keywords, "keywords", MAX_KEYWORD_BYTES) : null,
    rerank: rerank ? readRerank(rerank) : null,
    groupBy: groupBy ? readGroup(groupBy) : null,
    diversity: readDiversity(diversity ?? 0),
  };
}

/** The parts of a composed query; pictures are fetched side by side. */
export function readParts({ parts }: SearchInput, context: Context): Promise<SearchParts> {
  if (parts.length < 1 || parts.length > MAX_PARTS) {
    throw wrong(`The query has ${parts.length} parts; it must have 1 to ${MAX_PARTS}.`);
  }
  const strange = parts.find(({ weight }) => weight === 0 || Math.abs(weight) > MAX_WEIGHT);
  if (strange) {
    throw wrong(`A part weighs ${strange.weight}; weights are from -${MAX_WEIGHT} to ${MAX_WEIGHT}, but not 0.`);
  }
  if (parts.every(({ weight }) => weight < 0)) {
    throw wrong("Every part has a weight below 0, so there is nothing to look for. Give one a weight above 0.");
  }
  return Promise.all(
    parts.map(async ({ content, weight }) => ({ content: await readContent(content, context), weight })),
  );
}

function readRerank({ candidates, model }: RerankInput): SearchRequest["rerank"] {
  if (candidates >= 1 && candidates <= MAX_RERANKED) return { candidates, model: model ?? null };
  throw wrong(`\`rerank.candidates\` is ${candidates}; it must be from 1 to ${MAX_RERANKED}.`);
}

function readGroup({ metadataKey, size }: GroupBy): Group {
  if (!isMetadataKey(metadataKey)) throw wrong(`\`groupBy.metadataKey\` must be ${METADATA_KEY_RULE}.`);
  if (size < 1 || size > MAX_GROUP_SIZE) {
    throw wrong(`\`groupBy.size\` is ${size}; it must be from 1 to ${MAX_GROUP_SIZE}.`);
  }
  return { metadataKey, size };
}

function readDiversity(diversity: number): number {
  if (diversity >= 0 && diversity <= 1) return diversity;
  throw wrong(`\`diversity\` is ${diversity}; it must be from 0 to 1.`);
}
