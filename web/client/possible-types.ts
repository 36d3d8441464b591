/** What the unions and interfaces of the schema may be, for a cache that does not carry the schema. */
export const possibleTypes = {
  Document: ["TextDocument", "ImageDocument"],
  StoredDocument: ["TextDocument", "ImageDocument"],
  SearchHit: ["TextHit", "ImageHit"],
  RankedHit: ["TextHit", "ImageHit"],
  IngestResult: ["Ingested", "Duplicate", "IngestFailure"],
};
