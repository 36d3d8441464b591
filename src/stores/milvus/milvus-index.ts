import type { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { VECTOR_FIELD } from "./milvus-schema";
import type { MilvusConnection } from "./milvus-connection";

/**
 * Up to this many documents a search on a server compares with every vector (FLAT): exact under every filter, and at this
 * size a matter of 0.1 s. Above it a graph (HNSW, or what Zilliz Cloud chooses by itself) is faster and may miss some. Lite
 * always compares all.
 */
export const FLAT_UP_TO_DOCUMENTS = 250_000;

export type IndexKind = "FLAT" | "HNSW" | "AUTOINDEX";

/** Which index a collection of this size should have. */
export const indexFor = (documents: number, address: string, flatUpTo: number): IndexKind =>
  documents <= flatUpTo ? "FLAT" : isZilliz(address) ? "AUTOINDEX" : "HNSW";

const isZilliz = (address: string): boolean =>
  /(^|\.)(zillizcloud\.com|zilliz\.com\.cn|cloud\.zilliz\.com\.cn)(:\d+)?\/?$/.test(address);

const BUILD_PARAMS: Record<IndexKind, Record<string, number>> = {
  FLAT: {},
  HNSW: { M: 32, efConstruction: 360 },
  AUTOINDEX: {},
};

/**
 * Search parameters: a graph must look at many more candidates than it returns, since texts and pictures lie apart in it and
 * a search for pictures that starts from a text passes through the texts first.
 */
export const searchParams = (index: IndexKind, limit: number): Record<string, number> =>
  index === "HNSW" ? { ef: Math.min(32_768, Math.max(1_024, 4 * limit)) } : {};

export const createIndex = (collection: string, index: IndexKind) => (client: MilvusClient) =>
  client.createIndex({
    collection_name: collection,
    field_name: VECTOR_FIELD,
    index_type: index,
    metric_type: "COSINE",
    params: BUILD_PARAMS[index],
  });

/** The kind of index that a collection has; null: none, as after a crash between dropping and creating one. */
export async function currentIndex(connection: MilvusConnection, collection: string): Promise<IndexKind | null> {
  const own = await indexOf(connection, collection, VECTOR_FIELD);
  return (own?.params.find((param) => param.key === "index_type")?.value as IndexKind | undefined) ?? null;
}

/** The index of one field, if it has one. */
export async function indexOf(connection: MilvusConnection, collection: string, field: string) {
  const listed = await connection.run("list its indexes", async (client) => {
    const answer = await client.describeIndex({ collection_name: collection });
    const none = answer.status.code === INDEX_NOT_FOUND;
    return none ? { status: { code: 0 }, index_descriptions: [] } : answer;
  });
  return listed.index_descriptions.find((index) => index.field_name === field);
}

/** Drops the index of the vectors. By its name too: a server with more than one index on a collection asks which. */
export async function dropIndex(connection: MilvusConnection, collection: string): Promise<void> {
  const own = await indexOf(connection, collection, VECTOR_FIELD);
  if (own === undefined) return;
  const named = { collection_name: collection, field_name: VECTOR_FIELD, index_name: own.index_name };
  await connection.run("drop its index", (client) => client.dropIndex(named));
}

const INDEX_NOT_FOUND = 700;
