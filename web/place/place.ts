import { EMPTY_SEARCH, type SearchState } from "./search-state";

export const VIEWS = ["search", "add", "collection"] as const;
export type View = (typeof VIEWS)[number];

/** Where in the page somebody is: what the address bar says. */
export interface Place {
  readonly view: View;
  readonly search: SearchState;
  /** The document that is open; null: none. */
  readonly documentId: string | null;
  /** The ingestion that is watched; null: none. */
  readonly ingestionId: string | null;
}

export const START: Place = { view: "search", search: EMPTY_SEARCH, documentId: null, ingestionId: null };
