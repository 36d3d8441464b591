import { cacheExchange, type Cache } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { Client, fetchExchange } from "urql";
import { possibleTypes } from "./possible-types";

/** Where the server is: beside the page. */
export const serverUrl = (path: string): string => new URL(path, document.baseURI.split("?")[0]).href;

const NO_KEY = () => null;
const UNKEYED = ["TextHit", "ImageHit", "SearchConnection", "DocumentConnection", "PageInfo", "SearchTimings"];
const UNKEYED_DETAILS = [
  "HitExplanation",
  "PartExplanation",
  "IngestionItemConnection",
  "IngestionItem",
  "IngestFailure",
];

/** A client with a normalised cache: a document is kept once, pages of one list are one list. */
export function createClient(): Client {
  return new Client({
    url: serverUrl("graphql"),
    preferGetMethod: false,
    fetchSubscriptions: true,
    exchanges: [
      cacheExchange({
        keys: {
          ...Object.fromEntries([...UNKEYED, ...UNKEYED_DETAILS].map((type) => [type, NO_KEY])),
          Collection: ({ name }) => String(name),
        },
        possibleTypes,
        resolvers: {
          Query: { search: relayPagination(), documents: relayPagination() },
          Ingestion: { items: relayPagination() },
        },
        updates: {
          Mutation: { startIngestion: (_, __, cache) => forget(cache, "ingestions") },
          Subscription: {
            ingestionProgress: ({ ingestionProgress }, _, cache) => {
              const { ingested, finishedAt } = ingestionProgress as { ingested: number; finishedAt: string | null };
              if (finishedAt !== null && ingested > 0) forget(cache, "search", "documents", "collection");
            },
          },
        },
      }),
      fetchExchange,
    ],
  });
}

/** What was answered before something was stored does not hold any more. */
function forget(cache: Cache, ...fields: readonly string[]): void {
  for (const { fieldName, fieldKey } of cache.inspectFields("Query")) {
    if (fields.includes(fieldName)) cache.invalidate("Query", fieldKey);
  }
}
