import type { Vector } from "../../documents/document";
import type { CollectionCalls } from "./collection-calls";
import { VECTOR_FIELD } from "./milvus-schema";

/** Rows of one answer over all its vectors; keeps it to some megabytes. */
const ROWS_A_CALL = 8_192;

export interface RowSearch {
  /** Null: all of the collection. */
  readonly partition: string | null;
  readonly vectors: readonly Vector[];
  readonly limit: number;
  readonly filter: string;
  readonly fields: readonly string[];
  readonly params: Record<string, number>;
}

/** A row with its cosine. */
export type Found<R> = R & { readonly score: number };

/** For each vector the nearest rows of a collection, nearest first. */
export async function searchRows<R>(calls: CollectionCalls, { vectors, ...search }: RowSearch): Promise<Found<R>[][]> {
  const perCall = Math.max(1, Math.floor(ROWS_A_CALL / search.limit));
  const answers: Found<R>[][] = [];
  for (let at = 0; at < vectors.length; at += perCall) {
    answers.push(...(await searchOnce<R>(calls, { ...search, vectors: vectors.slice(at, at + perCall) })));
  }
  return answers;
}

export interface NamedSearch extends Pick<RowSearch, "partition" | "vectors" | "params"> {
  readonly tenant: string;
  /** Ids of rows, of a form that may stand in a filter. */
  readonly named: readonly string[];
}

/**
 * For each vector its cosines with a tenant's rows by their ids. The tenant is looked for in the answer: in the filter Milvus
 * compares it with that of every row that there is, which takes longer than all else where there are many.
 */
export async function searchNamed(
  calls: CollectionCalls,
  { tenant, named, ...search }: NamedSearch,
): Promise<ReadonlyMap<string, number>[]> {
  if (named.length === 0) return search.vectors.map(() => new Map());
  const filter = `id in ${JSON.stringify(named)}`;
  const asked = { ...search, filter, limit: named.length, fields: ["id", "tenant"] };
  const lists = await searchRows<{ readonly id: string; readonly tenant: string }>(calls, asked);
  return lists.map((rows) => new Map(rows.filter((row) => row.tenant === tenant).map(({ id, score }) => [id, score])));
}

async function searchOnce<R>(
  calls: CollectionCalls,
  { partition, vectors, limit, filter, fields, params }: RowSearch,
): Promise<Found<R>[][]> {
  const answer = await calls.read("search", (client, consistency) =>
    client.search({
      collection_name: calls.name,
      ...(partition === null ? {} : { partition_names: [partition] }),
      // The SDK's types want arrays; what it does is to make Float32Arrays of them.
      data: vectors as unknown as number[][],
      anns_field: VECTOR_FIELD,
      metric_type: "COSINE",
      limit,
      filter,
      output_fields: [...fields],
      params,
      ...consistency,
    }),
  );
  // One vector comes back flat, several as a list each, and none at all when no vector has a neighbour.
  const results = answer.results as unknown as Found<R>[] | Found<R>[][];
  const lists = (Array.isArray(results[0]) ? results : [results]) as Found<R>[][];
  return vectors.map((_, at) => lists[at] ?? []);
}
