import type { BaseContext, ApolloServerOptions } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>["documentStore"]>;

/** Of memory that a parsed operation takes, for each character of its text. */
const BYTES_A_CHARACTER = 80;

/** Operations that were parsed and found valid, by their text or its hash; those used last, which take `maxBytes` at most. */
export type KnownDocuments = LRUCache<string, DocumentNode>;

export const knownDocuments = (maxBytes: number): KnownDocuments =>
  new LRUCache({
    maxSize: maxBytes,
    sizeCalculation: ({ loc }) => BYTES_A_CHARACTER * (loc?.source.body.length ?? 0) + 1,
  });

/**
 * What is known as Apollo asks for it. Apollo's own store writes each operation out as JSON to know its size, which for a
 * long one takes longer than to parse it.
 */
export const documentStore = (documents: KnownDocuments): DocumentStore => ({
  get: async (hash) => documents.get(hash),
  set: async (hash, document) => void documents.set(hash, document),
  delete: async (hash) => documents.delete(hash),
});
