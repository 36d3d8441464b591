import type { JobItemContent } from "../../ports/ledger";

/** An item of a list, and the line that it begins on, from 1. */
export interface ListedItem {
  readonly line: number;
  readonly item: JobItemContent;
}
