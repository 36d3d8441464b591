import type { Outcome } from "../errors";
import type { Document } from "./document";
import type { Pixels } from "./encoder";
import type { Filter } from "./filter";

/** Where a picture's bytes come from. */
export type ImageSource =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "base64"; readonly base64: string }
  | { readonly kind: "upload"; readonly uploadId: string };

export interface TextItem {
  readonly key: string | null;
  readonly text: string;
  readonly metadata: unknown;
}

export interface ImageItem {
  readonly key: string | null;
  readonly source: ImageSource;
  readonly caption: string | null;
  readonly metadata: unknown;
}

/** What a stored item became: a new document, one that replaced its key's, or one that was there already. */
export type Ingested =
  | { readonly kind: "ingested"; readonly document: Document; readonly created: boolean }
  | { readonly kind: "duplicate"; readonly document: Document };

/** The ways in and out of a collection. Results keep the order and length of the items; one failure harms no other. */
export interface Intake {
  ingestTexts(tenant: string, items: readonly TextItem[]): Promise<Outcome<Ingested>[]>;
  ingestImages(tenant: string, items: readonly ImageItem[]): Promise<Outcome<Ingested>[]>;
  /** A picture to search with. Throws what is wrong with it. */
  readQueryImage(tenant: string, source: ImageSource): Promise<Pixels>;
  /** Deletes what matches, pictures included that no other document shows; returns how many documents. */
  deleteDocuments(tenant: string, filter: Filter): Promise<number>;
  /** Deletes everything. */
  clear(tenant: string): Promise<void>;
}
