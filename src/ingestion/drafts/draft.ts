import type { Document, EmbeddedDocument } from "../../documents/document";
import type { ImageDraft } from "./image-draft";
import type { TextDraft } from "./text-draft";

export type Draft = TextDraft | ImageDraft;

/** A document that keeps the time at which its key was first stored. */
export const withCreatedAt = ({ document, ...embedded }: EmbeddedDocument, createdAt: Date): EmbeddedDocument => ({
  ...embedded,
  document: { ...document, createdAt } as Document,
});
