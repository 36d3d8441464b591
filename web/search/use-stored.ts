import { useState } from "react";
import { useQuery, type CombinedError } from "urql";
import { BrowseDocument, type BrowseQuery, type DocumentFilter } from "../generated/operations";
import { PAGE_SIZE } from "./use-hits";

export interface Stored {
  /** Null until the first page is there. */
  readonly nodes: BrowseQuery["documents"]["nodes"] | null;
  readonly fetching: boolean;
  readonly hasMore: boolean;
  readonly error: CombinedError | undefined;
  loadMore(): void;
  retry(): void;
}

/** What is stored, page after page in one list. */
export function useStored(where: DocumentFilter | null): Stored {
  const asked = JSON.stringify(where);
  const [cursor, setCursor] = useState({ asked, after: "" });
  const after = cursor.asked === asked && cursor.after !== "" ? cursor.after : null;
  const variables = { where, first: PAGE_SIZE, after };
  const [{ data, fetching, error }, execute] = useQuery({ query: BrowseDocument, variables });
  const { endCursor = null, hasNextPage = false } = data?.documents.pageInfo ?? {};
  return {
    nodes: data?.documents.nodes ?? null,
    fetching,
    hasMore: hasNextPage,
    error,
    loadMore: () => {
      if (!fetching && !error && endCursor) setCursor({ asked, after: endCursor });
    },
    retry: () => execute({ requestPolicy: "network-only" }),
  };
}
