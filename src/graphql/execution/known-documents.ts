import type { BaseContext, ApolloServerOptions } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>["documentStore"]>;

const MAX_BYTES = 30 * 1_048_576;
/** Of memory that a parsed operation takes, for each character of its text. */
const BYTES_A_CHARACTER = 80;

/**
 * Operations that were parsed and found valid, by hash. Apollo's own store writes each of them out as JSON to know its size,
 * which for a long operation takes longer than to parse it.
 */
export function knownDocuments(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ loc }) => BYTES_A_CHARACTER * (loc?.source.body.length ?? 0) + 1,
  });
  return {
    get: async (hash) => documents.get(hash),
    set: async (hash, document) => void documents.set(hash, document),
    delete: async (hash) => documents.delete(hash),
  };
}
