import type { EmbeddedDocument } from "../../documents/document";

/**
 * What every draft has: checked content on its way to becoming a document, created as of when the draft was made. That is
 * before anybody looks whether it is stored, which `JobQueue.settle` relies on.
 */
export interface DraftFields {
  readonly id: string;
  readonly key: string | null;
  readonly contentHash: string;
  /** The same content stored under another id gives its vector and what was found out about it. */
  reuse(stored: EmbeddedDocument): EmbeddedDocument | null;
}
