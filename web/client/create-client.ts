import { cacheExchange, type Cache } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { Client, fetchExchange } from "urql";
import { graphcacheKeys } from "../../schema/graphcache-keys.js";
import { possibleTypes } from "../../schema/possible-types.js";

/** Where the server is: beside the page. */
export const serverUrl = (path: string): string => new URL(path, document.baseURI.split("?")[0]).href;

/** A client with a normalised cache: a document is kept once, pages of one list are one list. */
export function createClient(): Client {
  return new Client({
    url: serverUrl("graphql"),
    preferGetMethod: false,
    fetchSubscriptions: true,
    exchanges: [
      cacheExchange({
        keys: { ...graphcacheKeys, Collection: ({ name }) => String(name) },
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
