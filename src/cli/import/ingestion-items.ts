import type { ErrorCode } from "../../errors";
import type { ServerClient } from "./server-client";

const ITEMS_A_PAGE = 200;

/** An item of an ingestion, as FAILED_ITEMS, STORED_ITEMS and PDF_ITEMS ask for it. */
export interface IngestionItem {
  readonly index: number;
  readonly outcome: {
    readonly code?: ErrorCode;
    readonly message?: string;
    readonly retryable?: boolean;
    /** Null: it was deleted since. */
    readonly document?: object | null;
    /** Null: it is no PDF. */
    readonly pdf?: { readonly withoutText: readonly number[] } | null;
  } | null;
}

interface Page {
  readonly ingestion: {
    readonly items: {
      readonly nodes: readonly IngestionItem[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** The items of an ingestion that an operation selects, in order. */
export async function* ingestionItems(
  client: ServerClient,
  operation: string,
  id: string,
): AsyncGenerator<IngestionItem> {
  for (let after: string | null = null; ;) {
    const page: Page = await client.ask(operation, { id, first: ITEMS_A_PAGE, after });
    const { nodes, pageInfo } = page.ingestion.items;
    yield* nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}
