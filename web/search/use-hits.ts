import { useState } from "react";
import { useQuery, type CombinedError } from "urql";
import { SearchDocument, type SearchInput, type SearchQuery } from "../generated/operations";

export const PAGE_SIZE = 30;

type Found = SearchQuery["search"];
export type Hit = Found["nodes"][number];

/** A list that grows page by page. */
export interface Hits {
  /** Null until the first page is there. */
  readonly nodes: readonly Hit[] | null;
  readonly fetching: boolean;
  readonly hasMore: boolean;
  readonly error: CombinedError | undefined;
  readonly tookMs: number | null;
  loadMore(): void;
  retry(): void;
}

/** The hits of a query, page after page in one list; null asks nothing. While a new query runs, the old hits stay. */
export function useHits(input: SearchInput | null): Hits {
  const asked = JSON.stringify(input);
  const [cursor, setCursor] = useState({ asked, after: "" });
  const after = cursor.asked === asked && cursor.after !== "" ? cursor.after : null;
  const variables = { input: input ?? { parts: [] }, first: PAGE_SIZE, after };
  const [{ data, fetching, error }, execute] = useQuery({ query: SearchDocument, variables, pause: input === null });
  // A page that fails takes the client's data away, but not what is on the screen.
  const [shown, setShown] = useState<Found | null>(null);
  if (data && data.search !== shown) setShown(data.search);
  const current = input === null || (error && after === null) ? null : shown;
  const { endCursor = null, hasNextPage = false } = current?.pageInfo ?? {};
  return {
    nodes: current?.nodes ?? null,
    fetching,
    hasMore: hasNextPage,
    error,
    tookMs: current?.timings ? sum(current.timings) : null,
    loadMore: () => {
      if (!fetching && !error && endCursor) setCursor({ asked, after: endCursor });
    },
    retry: () => execute({ requestPolicy: "network-only" }),
  };
}

const sum = ({ embedMs, queueMs, storeMs, rankMs }: Found["timings"]): number => embedMs + queueMs + storeMs + rankMs;
