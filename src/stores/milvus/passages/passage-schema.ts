import { DataType } from "@zilliz/milvus2-sdk-node";
import { passageId, type EmbeddedDocument } from "../../../documents/document";
import { metadataTerms } from "../metadata-terms";
import { MAX_KEY_BYTES, MAX_METADATA_TERMS, VECTOR_FIELD } from "../milvus-schema";

/** A passage as a search finds it. */
export interface PassageRow {
  readonly id: string;
  readonly document_id: string;
  readonly content_hash: string;
  readonly starts_at: number;
  readonly ends_at: number;
}

export const PASSAGE_FIELDS: readonly (keyof PassageRow)[] = [
  "id",
  "document_id",
  "content_hash",
  "starts_at",
  "ends_at",
];

/** A passage with what filters look at of its document. Its text is not stored: it is cut out of the document's. */
export function passageSchema(dimension: number) {
  const string = (name: string, max_length: number) => ({ name, data_type: DataType.VarChar, max_length });
  return [
    { ...string("id", 128), is_primary_key: true },
    string("document_id", 64),
    string("tenant", 128),
    string("key", MAX_KEY_BYTES),
    string("modality", 16),
    { name: "created_at", data_type: DataType.Int64 },
    string("content_hash", 64),
    { name: "metadata", data_type: DataType.JSON },
    {
      name: "metadata_terms",
      data_type: DataType.Array,
      element_type: DataType.VarChar,
      max_capacity: MAX_METADATA_TERMS,
      max_length: 32,
    },
    // 0 for the first of a document.
    { name: "place", data_type: DataType.Int32 },
    { name: "starts_at", data_type: DataType.Int32 },
    { name: "ends_at", data_type: DataType.Int32 },
    { name: VECTOR_FIELD, data_type: DataType.FloatVector, dim: dimension },
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
