import { DataType, FunctionType, type DescribeCollectionResponse, type FieldType } from "@zilliz/milvus2-sdk-node";

/**
 * Holds the words of "text" as Milvus counts them by itself. It is never written and never read back: rows are the same
 * with it and without.
 */
export const KEYWORDS_FIELD = "keywords";

/** A collection's fields and functions with search by keyword on top. */
export const withKeywords = (fields: readonly FieldType[]) => ({
  fields: [
    ...fields.map((field) => (field.name === "text" ? { ...field, enable_analyzer: true } : field)),
    { name: KEYWORDS_FIELD, data_type: DataType.SparseFloatVector },
  ],
  functions: [
    {
      name: "bm25",
      type: FunctionType.BM25,
      input_field_names: ["text"],
      output_field_names: [KEYWORDS_FIELD],
      params: {},
    },
  ],
});

/** Whether a collection was made with search by keyword, and the server knows it. */
export const hasKeywords = ({ schema }: DescribeCollectionResponse): boolean =>
  schema.functions.some((one) => one.output_field_names?.includes(KEYWORDS_FIELD));
