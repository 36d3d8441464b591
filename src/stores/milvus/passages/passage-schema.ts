import { DataType } from "@zilliz/milvus2-sdk-node";
import { passageId, type EmbeddedDocument } from "../../../documents/document";
import { metadataTerms } from "../metadata-terms";
import { METADATA_FIELDS, OWN_FIELDS, stringField, vectorField } from "../milvus-schema";

/** A passage as it is read: its id says whose it is and where, and each further field would make a search longer. */
export interface PassageRow {
  readonly id: string;
}

export const PASSAGE_FIELDS: readonly (keyof PassageRow)[] = ["id"];

/** A passage with what filters look at of its document. Its text is not stored: it is cut out of the document's. */
export function passageSchema(dimension: number) {
  return [
    { ...stringField("id", 128), is_primary_key: true },
    stringField("document_id", 64),
    ...OWN_FIELDS,
    ...METADATA_FIELDS,
    // 0 for the first of a document.
    { name: "place", data_type: DataType.Int32 },
    { name: "starts_at", data_type: DataType.Int32 },
    { name: "ends_at", data_type: DataType.Int32 },
    vectorField(dimension),
  ];
}

export function passageRows({ document, passages = [] }: EmbeddedDocument) {
  const { id, tenant, key, modality, metadata } = document;
  const metadata_terms = passages.length === 0 ? [] : metadataTerms(metadata);
  return passages.map((passage, place) => ({
    id: passageId(document, passage),
    document_id: id,
    tenant,
    key: key ?? "",
    modality,
    created_at: document.createdAt.getTime(),
    content_hash: document.contentHash,
    metadata,
    metadata_terms,
    place,
    starts_at: passage.start,
    ends_at: passage.end,
    vector: Array.from(passage.vector),
  }));
}
