import type { KeptPicture } from "../pictures/pictures-of";
import type { EmbeddedDocument } from "../../documents/document";

/** A file for the media store. */
export interface KeptFile {
  readonly key: KeptPicture;
  readonly bytes: Uint8Array;
}

/**
 * What every draft has: checked content on its way to becoming a document, created as of when the draft was made. That is
 * before anybody looks whether it is stored, which `JobQueue.settle` relies on.
 */
export interface DraftFields {
  readonly id: string;
  readonly key: string | null;
  readonly contentHash: string;
  /** What to make of a document that is stored under its id: whether it is replaced, or makes this a duplicate. */
  readonly replaces: boolean;
  /** A file that has to be kept before the document exists, besides its own picture. */
  readonly file?: KeptFile;
  /** The same content stored under another id gives its vector and what was found out about it. */
  reuse(stored: EmbeddedDocument): EmbeddedDocument | null;
}
