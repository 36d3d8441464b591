import type { DocumentStore } from "./document-store";
import type { Fingerprint } from "./encoder";

/** A collection as the store lists it. */
export interface CollectionInfo {
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly active: boolean;
}

/** One collection per fingerprint; at most one of them is active. */
export interface Collections {
  /** Opens the collection of this fingerprint, making it if there is none. */
  open(fingerprint: Fingerprint): Promise<DocumentStore>;
  /** Makes it the one that a server of the same fingerprint may serve. */
  activate(fingerprint: Fingerprint): Promise<void>;
  list(): Promise<CollectionInfo[]>;
  drop(fingerprint: Fingerprint): Promise<void>;
  close(): Promise<void>;
}
