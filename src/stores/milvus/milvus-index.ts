import type { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { VECTOR_FIELD } from "./milvus-schema";
import type { MilvusConnection } from "./milvus-connection";

/**
 * Up to this many documents a search compares with every vector (FLAT): exact under every filter, and at this size a matter
 * of milliseconds. Above it vectors lie in clusters (IVF_FLAT, or what Zilliz Cloud chooses by itself), of which a search
 * looks at as many as its filter asks for. Why no graph: docs/decisions/0020.
 */
export const FLAT_UP_TO_DOCUMENTS = 50_000;

export type IndexKind = "FLAT" | "IVF_FLAT" | "HNSW" | "AUTOINDEX";

/** Which index a collection of this size should have. */
export const indexFor = (documents: number, address: string, flatUpTo: number): IndexKind =>
  documents <= flatUpTo ? "FLAT" : isZilliz(address) ? "AUTOINDEX" : "IVF_FLAT";

const isZilliz = (address: string): boolean =>
  /(^|\.)(zillizcloud\.com|zilliz\.com\.cn|cloud\.zilliz\.com\.cn)(:\d+)?\/?$/.test(address);

/** Of each segment that Milvus keeps of a partition; it makes fewer where one would hold less than 39 rows. Versions before made 256. */
const CLUSTERS = 2_048;

const BUILD_PARAMS: Record<IndexKind, Record<string, number>> = {
  FLAT: {},
  IVF_FLAT: { nlist: CLUSTERS },
  HNSW: { M: 32, efConstruction: 360 },
  AUTOINDEX: {},
};

/**
 * Search parameters; `share`: of the partition that passes the filter, 0 to 1. What passes a narrow filter is scattered
 * over all clusters, and comparing with all of it is cheap. HNSW is the index of collections made by older versions.
 */
export function searchParams(index: IndexKind, limit: number, share: number): Record<string, number> {
  if (index === "HNSW") return { ef: Math.min(32_768, Math.max(1_024, 4 * limit)) };
  return index === "IVF_FLAT" ? { nprobe: clustersFor(share) } : {};
}

/** Recall@10 of .98 and more by `npm run check:recall`, with queries of both kinds. */
function clustersFor(share: number): number {
  if (share >= 0.75) return 80;
  if (share >= 0.3) return 160;
  return share >= 0.05 ? 320 : CLUSTERS;
}

export const createIndex = (collection: string, index: IndexKind) => (client: MilvusClient) =>
  client.createIndex({
    collection_name: collection,
    field_name: VECTOR_FIELD,
    index_type: index,
    metric_type: "COSINE",
    params: BUILD_PARAMS[index],
  });

export interface CurrentIndex {
  readonly kind: IndexKind;
  /** Whether it has other clusters than are made today. */
  readonly isOutdated: boolean;
}

/** The index that a collection has; null: none, as after a crash between dropping and creating one. */
export async function currentIndex(connection: MilvusConnection, collection: string): Promise<CurrentIndex | null> {
  const own = await indexOf(connection, collection, VECTOR_FIELD);
  if (own === undefined) return null;
  const params = Object.fromEntries(own.params.map(({ key, value }) => [key, value]));
  const built = { ...JSON.parse(String(params.params ?? "{}")), ...params } as Record<string, unknown>;
  const kind = built.index_type as IndexKind;
  const isOutdated = kind === "IVF_FLAT" && built.nlist !== undefined && Number(built.nlist) !== CLUSTERS;
  return { kind, isOutdated };
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
