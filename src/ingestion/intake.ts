import type { Outcome } from "../errors";
import type { Document } from "../documents/document";
import type { ImageSource, Item } from "../documents/item";
import type { Pixels } from "../ports/encoder";
import type { Gone } from "../ports/gone";
import type { PagesOutcome } from "../ports/ledger";
import type { Filter } from "../documents/filter";

/** What a stored item became: a new document, one that replaced its key's, or one that was there already. */
export type Ingested = (
  | { readonly kind: "ingested"; readonly document: Document; readonly created: boolean }
  | { readonly kind: "duplicate"; readonly document: Document }
) & {
  /** Of a PDF, whose first document the other fields are of. */
  readonly pdf?: PagesOutcome;
};

/** The ways in and out of a collection. Results keep the order and length of the items; one failure harms no other. */
export interface Intake {
  ingest(tenant: string, items: readonly Item[]): Promise<Outcome<Ingested>[]>;
  /** A picture to search with. Throws what is wrong with it, and the reason of who is `gone` before its turn. */
  readQueryImage(tenant: string, source: ImageSource, gone: Gone | null): Promise<Pixels>;
  /** Deletes what matches, pictures included that no other document shows; returns how many documents. */
  deleteDocuments(tenant: string, filter: Filter): Promise<number>;
  /** Deletes everything. */
  clear(tenant: string): Promise<void>;
}
