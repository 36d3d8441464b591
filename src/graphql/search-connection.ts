import type { SearchResult } from "../search/searcher";
import type { SearchConnection } from "./connection.type";
import { makeCursor } from "./cursor";

/** A search's page as a connection; `query` ties its cursors to it. */
export function searchConnection(
  query: unknown,
  { hits, hasNextPage }: SearchResult,
  offset: number,
): SearchConnection {
  const edges = hits.map((hit) => ({ cursor: makeCursor(query, hit.rank), node: hit }));
  const pageInfo = {
    hasNextPage,
    hasPreviousPage: offset > 0,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, nodes: hits, pageInfo } as unknown as SearchConnection;
}
