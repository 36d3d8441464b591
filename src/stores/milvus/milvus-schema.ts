import { DataType } from "@zilliz/milvus2-sdk-node";
import type { Modality } from "../../documents/document";
import type { DocumentField } from "../../documents/sparse-document";

/** A Milvus VarChar holds at most this many bytes. */
const MAX_VARCHAR_BYTES = 65_535;
/** Of a key; no document has a longer one. */
export const MAX_KEY_BYTES = 2_048;
/** Milvus allows an array this many elements. */
const MAX_METADATA_TERMS = 4_096;

/** Part of every collection's name: a collection of another shape is never opened by mistake. */
export const SCHEMA_VERSION = 2;
/** Shapes whose documents are moved when a collection of theirs is opened. 1: one partition for all modalities. */
export const OUTDATED_VERSIONS = [1];

export const VECTOR_FIELD = "vector";

/** Where a document's fields are kept, but for those that every answer has. */
const COLUMNS: Record<DocumentField, string> = {
  key: "key",
  createdAt: "created_at",
  text: "text",
  caption: "text",
  truncated: "truncated",
  sourceUrl: "source_url",
  mediaType: "media_type",
  width: "width",
  height: "height",
  metadata: "metadata",
};

const FIELDS_OF: Record<Modality, readonly DocumentField[]> = {
  text: ["key", "createdAt", "text", "truncated", "metadata"],
  image: ["key", "createdAt", "caption", "sourceUrl", "mediaType", "width", "height", "metadata"],
};

const ALL_FIELDS = [...new Set([...FIELDS_OF.text, ...FIELDS_OF.image])];

/** What is read back of a document, with the fields that are wanted; the vector comes on top where that is wanted. */
export const columnsOf = (wanted: readonly DocumentField[] = ALL_FIELDS): string[] => [
  ...new Set(["id", "tenant", "modality", "content_hash", ...wanted.map((field) => COLUMNS[field])]),
];

/** The same where tenant and modality are known: each column costs a search some hundredths of a millisecond. */
export const columnsWithin = (modality: Modality, wanted: readonly DocumentField[] = ALL_FIELDS): string[] => [
  "id",
  "content_hash",
  ...FIELDS_OF[modality].filter((field) => wanted.includes(field)).map((field) => COLUMNS[field]),
];

export const stringField = (name: string, max_length: number) => ({ name, data_type: DataType.VarChar, max_length });

/** Whose a document is, and what it is. */
export const OWN_FIELDS = [
  stringField("tenant", 128),
  stringField("key", MAX_KEY_BYTES),
  stringField("modality", 16),
  { name: "created_at", data_type: DataType.Int64 },
  stringField("content_hash", 64),
];

export const METADATA_FIELDS = [
  { name: "metadata", data_type: DataType.JSON },
  {
    name: "metadata_terms",
    data_type: DataType.Array,
    element_type: DataType.VarChar,
    max_capacity: MAX_METADATA_TERMS,
    max_length: 32,
  },
];

export const vectorField = (dimension: number) => ({
  name: VECTOR_FIELD,
  data_type: DataType.FloatVector,
  dim: dimension,
});

/**
 * The typed fields of a collection. The tenant is a plain field, since an upsert into a collection with a partition key
 * loses rows on Milvus 2.3. `text` is a text document's text or a picture's caption; "" stands for none. */
export function milvusSchema(dimension: number) {
  return [
    { ...stringField("id", 64), is_primary_key: true },
    ...OWN_FIELDS,
    stringField("text", MAX_VARCHAR_BYTES),
    { name: "truncated", data_type: DataType.Bool },
    stringField("source_url", 8_192),
    stringField("media_type", 64),
    { name: "width", data_type: DataType.Int32 },
    { name: "height", data_type: DataType.Int32 },
    ...METADATA_FIELDS,
    vectorField(dimension),
  ];
}
