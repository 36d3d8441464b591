import type { Vector } from "../../documents/document";
import type { CollectionCalls } from "./collection-calls";
import { searchParams, type IndexKind } from "./milvus-index";
import { VECTOR_FIELD } from "./milvus-schema";

/** Rows of one answer over all its vectors; keeps it to some megabytes. */
const ROWS_A_CALL = 8_192;
const IDS_A_CALL = 1_024;

export interface RowSearch {
  readonly vectors: readonly Vector[];
  /** Of each vector the partition to look in; none: all of the collection. Different ones: on our Milvus Lite alone. */
  readonly partitions: readonly string[];
  readonly limit: number;
  readonly filter: string;
  readonly fields: readonly string[];
  readonly params: Record<string, number>;
}

/** A row with its cosine, and maybe one with another vector. */
export type Found<R> = R & { readonly score: number; readonly besideScore?: number };

/** For each vector the nearest rows of a collection, nearest first. */
export async function searchRows<R>(calls: CollectionCalls, search: RowSearch): Promise<Found<R>[][]> {
  const { vectors, partitions } = search;
  const perCall = Math.max(1, Math.floor(ROWS_A_CALL / search.limit));
  const answers: Found<R>[][] = [];
  for (let at = 0; at < vectors.length; at += perCall) {
    const part = { vectors: vectors.slice(at, at + perCall), partitions: partitions.slice(at, at + perCall) };
    answers.push(...(await searchOnce<R>(calls, { ...search, ...part })));
  }
  return answers;
}

export interface NamedRows {
  readonly tenant: string;
  /** Null: all of the collection. */
  readonly partition: string | null;
  readonly vectors: readonly Vector[];
  readonly ids: readonly string[];
  /** Which of the ids may stand in a filter: no others are of a row. */
  readonly isId: (id: string) => boolean;
  readonly index: IndexKind;
}

interface TenantRow {
  readonly id: string;
  readonly tenant: string;
}

/**
 * For each vector its cosines with a tenant's rows, in the order of their ids; null: there is no such row. The tenant is looked
 * for in the answer: in the filter Milvus compares it with that of every row that there is, which takes longer than all
 * else where there are many.
 */
export async function cosinesWithRows(
  calls: CollectionCalls,
  { tenant, partition, vectors, ids, isId, index }: NamedRows,
): Promise<(number | null)[][]> {
  const cosines: (number | null)[][] = vectors.map(() => []);
  const partitions = partition === null ? [] : vectors.map(() => partition);
  for (let at = 0; at < ids.length; at += IDS_A_CALL) {
    const part = ids.slice(at, at + IDS_A_CALL);
    const named = part.filter(isId);
    const params = searchParams(index, part.length, 0);
    const search = { partitions, vectors, limit: part.length, fields: ["id", "tenant"], params };
    const lists =
      named.length === 0
        ? vectors.map(() => [])
        : await searchRows<TenantRow>(calls, { ...search, filter: `id in ${JSON.stringify(named)}` });
    lists.forEach((rows, i) => {
      const known = new Map(rows.filter((row) => row.tenant === tenant).map(({ id, score }) => [id, score]));
      cosines[i]!.push(...part.map((id) => known.get(id) ?? null));
    });
  }
  return cosines;
}

async function searchOnce<R>(
  calls: CollectionCalls,
  { vectors, partitions, limit, filter, fields, params }: RowSearch,
): Promise<Found<R>[][]> {
  const [partition, ...others] = new Set(partitions);
  const answer = await calls.read("search", (client, consistency) =>
    client.search({
      collection_name: calls.name,
      ...(partition === undefined || others.length > 0 ? {} : { partition_names: [partition] }),
      // The SDK's types want arrays; what it does is to make Float32Arrays of them.
      data: vectors as unknown as number[][],
      anns_field: VECTOR_FIELD,
      metric_type: "COSINE",
      limit,
      filter,
      output_fields: [...fields],
      params: others.length > 0 ? { ...params, partition_of_each: partitions } : params,
      ...consistency,
    }),
  );
  // One vector comes back flat, several as a list each, and none at all when no vector has a neighbour.
  const results = answer.results as unknown as Found<R>[] | Found<R>[][];
  const lists = (Array.isArray(results[0]) ? results : [results]) as Found<R>[][];
  return vectors.map((_, at) => lists[at] ?? []);
}
