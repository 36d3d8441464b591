import { contentHash, documentId, type EmbeddedDocument, type TextDocument } from "../../documents/document";
import type { TextItem } from "../../documents/item";
import type { Limits } from "../../documents/limits";
import { checkMetadata } from "./check-metadata";
import { checkKey, checkText } from "./check-text";
import type { EmbeddedText } from "../passages/embed-texts";
import { withPassages } from "../passages/with-passages";
import type { DraftFields } from "./draft-fields";

export interface TextDraft extends DraftFields {
  readonly modality: "text";
  readonly text: string;
  complete(embedded: EmbeddedText): EmbeddedDocument;
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
  const document = (truncated: boolean): TextDocument => ({ truncated, ...fields });
  return {
    modality: "text",
    id,
    key,
    text,
    contentHash: hash,
    replaces: key !== null,
    complete: ({ vector, truncated, passages }) => withPassages(document(truncated), vector, passages),
    reuse: ({ document: stored, ...embedded }) =>
      stored.modality === "text" ? { ...embedded, document: document(stored.truncated) } : null,
  };
}
