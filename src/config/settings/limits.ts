import { limit, type Settings } from "../setting";

/** What clients may send and ask for. */
export const LIMIT_SETTINGS = {
  maxItemsPerCall: limit("MAX_ITEMS_PER_CALL", "maxItemsPerCall", 10_000, "Documents in one ingest or delete call."),
  maxItemsPerIngestion: limit(
    "MAX_ITEMS_PER_INGESTION",
    "maxItemsPerIngestion",
    1_000_000,
    "Items in one ingestion in the background.",
  ),
  maxTextBytes: limit("MAX_TEXT_BYTES", "maxTextBytes", 65_535, "UTF-8 bytes of a text or caption."),
  maxMetadataBytes: limit(
    "MAX_METADATA_BYTES",
    "maxMetadataBytes",
    65_535,
    "UTF-8 bytes of one document's metadata as JSON.",
  ),
  maxMetadataDepth: limit("MAX_METADATA_DEPTH", "maxMetadataDepth", 64, "Levels of nesting in metadata."),
  maxKeyBytes: limit("MAX_KEY_BYTES", "maxKeyBytes", 2_048, "UTF-8 bytes of a key."),
  maxFirst: limit("MAX_FIRST", "maxFirst", 4_000, "Largest `first`, and how deep a ranking can be paged."),
  maxFilterTerms: limit("MAX_FILTER_TERMS", "maxFilterTerms", 10_000, "Conditions and values in one filter."),
  maxBodyBytes: limit("MAX_BODY_BYTES", "maxBodyBytes", 1_073_741_824, "Bytes of one request."),
  maxImageBytes: limit("MAX_IMAGE_BYTES", "maxImageBytes", 1_073_741_824, "Bytes of one picture's file."),
  maxPdfBytes: limit("MAX_PDF_BYTES", "maxPdfBytes", 1_073_741_824, "Bytes of one PDF."),
  maxPdfPages: limit("MAX_PDF_PAGES", "maxPdfPages", 100_000, "Pages of one PDF."),
  maxUploadBytes: limit(
    "MAX_UPLOAD_BYTES",
    "maxUploadBytes",
    2_147_483_647,
    "Bytes of one uploaded list of items (NDJSON, CSV).",
  ),
  maxImagePixels: limit("MAX_IMAGE_PIXELS", "maxImagePixels", 268_000_000, "Width × height of one picture."),
  maxRequestCost: limit(
    "MAX_REQUEST_COST",
    "maxRequestCost",
    1_000_000_000,
    "Points that one GraphQL request may cost, about one for each document that it reads or sends.",
  ),
} as const satisfies Settings;
