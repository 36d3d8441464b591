import type { Outcome } from "../errors";
import type { Document, EmbeddedDocument } from "../search/document";

/** Checked content on its way to becoming a document. */
export interface Draft {
  readonly id: string;
  readonly key: string | null;
  readonly contentHash: string;
  /** The same content stored under another id gives its vector and what was found out about it. */
  reuse(stored: EmbeddedDocument): EmbeddedDocument | null;
}

/** Turns drafts of content that is not stored yet into documents; keeps order and length. */
export type Complete<D extends Draft> = (drafts: readonly D[]) => Promise<Outcome<EmbeddedDocument>[]>;

/** A document that keeps the time at which its key was first stored. */
export const withCreatedAt = ({ document, vector }: EmbeddedDocument, createdAt: Date): EmbeddedDocument => ({
  document: { ...document, createdAt } as Document,
  vector,
});
