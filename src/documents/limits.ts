/** What one request may ask for. Every one is configurable (see config.ts) and has its typed error. */
export interface Limits {
  /** Documents in one ingest or delete call. TOO_MANY_ITEMS. */
  readonly maxItemsPerCall: number;
  /** Items in one ingestion in the background. TOO_MANY_ITEMS. */
  readonly maxItemsPerIngestion: number;
  /** UTF-8 bytes of a text or caption; a Milvus VarChar holds 65,535. TOO_LARGE. */
  readonly maxTextBytes: number;
  /** UTF-8 bytes of one document's metadata as JSON. INVALID_METADATA. */
  readonly maxMetadataBytes: number;
  /** Levels of nesting in metadata; a flat object has 1. INVALID_METADATA. */
  readonly maxMetadataDepth: number;
  /** UTF-8 bytes of a key. INVALID_KEY. */
  readonly maxKeyBytes: number;
  /** Largest `first`; also how deep a ranking can be paged. BAD_USER_INPUT. */
  readonly maxFirst: number;
  /** Conditions and values in one filter. INVALID_FILTER. */
  readonly maxFilterTerms: number;
  /** Bytes of one HTTP request body. TOO_LARGE. */
  readonly maxBodyBytes: number;
  /** Bytes of one picture's file. TOO_LARGE. */
  readonly maxImageBytes: number;
  /** Bytes of one PDF. TOO_LARGE. */
  readonly maxPdfBytes: number;
  /** Pages of one PDF. TOO_LARGE. */
  readonly maxPdfPages: number;
  /** Bytes of one uploaded list of items. TOO_LARGE. */
  readonly maxUploadBytes: number;
  /** Width × height of one picture. TOO_LARGE. */
  readonly maxImagePixels: number;
  /** Points that one GraphQL request may cost. COST_EXCEEDED. */
  readonly maxRequestCost: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxItemsPerCall: 100,
  maxItemsPerIngestion: 100_000,
  maxTextBytes: 60_000,
  maxMetadataBytes: 16 * 1024,
  maxMetadataDepth: 8,
  maxKeyBytes: 512,
  maxFirst: 1_000,
  maxFilterTerms: 256,
  maxBodyBytes: 32 * 1024 * 1024,
  maxImageBytes: 20 * 1024 * 1024,
  maxPdfBytes: 50 * 1024 * 1024,
  maxPdfPages: 2_000,
  maxUploadBytes: 256 * 1024 * 1024,
  maxImagePixels: 50_000_000,
  maxRequestCost: 10_000,
};
