import type { SearchState } from "../place/search-state";
import { usePlace } from "../place/use-place";

export interface SearchControl {
  readonly search: SearchState;
  /** Changes the search; a step that "back" undoes unless it `replaces` the one that is shown. */
  change(change: Partial<SearchState>, replaces?: boolean): void;
}

/** The search that the address says, and changing it. */
export function useSearch(): SearchControl {
  const { place, go } = usePlace();
  return {
    search: place.search,
    change: (change, replaces) => go({ view: "search", search: { ...place.search, ...change } }, replaces),
  };
}
