import { contentHash, documentId, type EmbeddedDocument, type TextDocument } from "../../documents/document";
import type { Embedding } from "../../ports/encoder";
import type { TextItem } from "../../documents/item";
import type { Limits } from "../../documents/limits";
import { checkMetadata } from "./check-metadata";
import { checkKey, checkText } from "./check-text";
import { withPassages, type LongText } from "../passages/long-text";
import type { DraftFields } from "./draft-fields";

export interface TextDraft extends DraftFields {
  readonly modality: "text";
  readonly text: string;
  /** `long`: where it is longer than the model reads and came in passages. */
  complete(embedding: Embedding, long: LongText | null): EmbeddedDocument;
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
    complete: ({ vector, truncated }, long) => withPassages(document(truncated), vector, long),
    reuse: ({ document: stored, ...embedded }) =>
      stored.modality === "text" ? { ...embedded, document: document(stored.truncated) } : null,
  };
}
