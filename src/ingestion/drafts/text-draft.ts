import { contentHash, documentId, type EmbeddedDocument, type TextDocument } from "../../documents/document";
import type { Embedding } from "../../ports/encoder";
import type { TextItem } from "../../documents/item";
import type { Limits } from "../../documents/limits";
import { checkMetadata } from "./check-metadata";
import { checkKey, checkText } from "./check-text";
import type { DraftFields } from "./draft-fields";

export interface TextDraft extends DraftFields {
  readonly modality: "text";
  readonly text: string;
  complete(embedding: Embedding): EmbeddedDocument;
}

/** A text that may be stored. Throws INVALID_TEXT, TOO_LARGE, INVALID_KEY or INVALID_METADATA. */
export function textDraft(tenant: string, { text, ...given }: TextItem, limits: Limits): TextDraft {
  checkText(text, limits.maxTextBytes);
  const key = checkKey(given.key, limits.maxKeyBytes);
  const metadata = checkMetadata(given.metadata, limits);
  const hash = contentHash(text);
  const id = documentId(tenant, "text", key, hash);
  const fields = {
    modality: "text",
    id,
    tenant,
    key,
    text,
    metadata,
    contentHash: hash,
    createdAt: new Date(),
  } as const;
  const document = (truncated: boolean): TextDocument => ({ ...fields, truncated });
  return {
    modality: "text",
    id,
    key,
    text,
    contentHash: hash,
    replaces: key !== null,
    complete: ({ vector, truncated }) => ({ document: document(truncated), vector }),
    reuse: ({ document: stored, vector }) =>
      stored.modality === "text" ? { document: document(stored.truncated), vector } : null,
  };
}
