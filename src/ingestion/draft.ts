import type { Document, EmbeddedDocument } from "../search/document";
import type { ImageDraft } from "./image-draft";
import type { TextDraft } from "./text-draft";

/** What every draft has: checked content on its way to becoming a document. */
export interface DraftFields {
  readonly id: string;
  readonly key: string | null;
  readonly contentHash: string;
  /** The same content stored under another id gives its vector and what was found out about it. */
  reuse(stored: EmbeddedDocument): EmbeddedDocument | null;
}

export type Draft = TextDraft | ImageDraft;

/** A document that keeps the time at which its key was first stored. */
export const withCreatedAt = ({ document, vector }: EmbeddedDocument, createdAt: Date): EmbeddedDocument => ({
  document: { ...document, createdAt } as Document,
  vector,
});
