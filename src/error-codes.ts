/**
 * Every failure that Parallax reports: whether the same call may succeed later, what it means, and what cures it (both in
 * Markdown; docs/errors.md is made from them). Clients branch on the code, in GraphQL `extensions.code`.
 */
export const ERROR_CODES = {
  BAD_USER_INPUT: {
    retryable: false,
    meaning: "An argument is malformed or out of range.",
    cure: "Correct the argument that the message names; the schema tells ranges.",
  },
  COST_EXCEEDED: {
    retryable: false,
    meaning: "The request asks for more than one request may; nothing was executed.",
    cure: 'Ask for fewer entries, above all of lists within lists; the message says what cost what, and so does `"extensions": { "cost": true }` in a request. Limit: `MAX_REQUEST_COST`; [costs](guide.md#costs).',
  },
  TOO_MANY_ITEMS: {
    retryable: false,
    meaning: "More items in one call than the server accepts.",
    cure: "Send several calls, or `startIngestion`. Limits: `MAX_ITEMS_PER_CALL`, `MAX_ITEMS_PER_INGESTION`.",
  },
  INVALID_CURSOR: {
    retryable: false,
    meaning: "`after` is not a cursor that this query handed out.",
    cure: "Pass `endCursor` of the same query with the same arguments, or start without `after`.",
  },
  CURSOR_EXPIRED: {
    retryable: false,
    meaning: "The ranking that `after` belongs to is not kept any more, and what is stored has changed since.",
    cure: "Search again from the first page. Rankings are kept for ten minutes after their last page, by the server that made it.",
  },
  INVALID_FILTER: {
    retryable: false,
    meaning: "`where` is malformed, too large, names an unusable metadata key or, in a deletion, says nothing.",
    cure: "Give one field at each level, at most `MAX_FILTER_TERMS` conditions, and [keys that compare](search.md#filters).",
  },
  DOCUMENT_NOT_FOUND: {
    retryable: false,
    meaning: "A query names a document that is not stored.",
    cure: "Ask with the id of a stored document; this one may have been deleted.",
  },
  CONFIRMATION_MISMATCH: {
    retryable: false,
    meaning: "A destructive call did not name what it would destroy.",
    cure: "Pass the name that `collection` gives as `confirmName`.",
  },
  INVALID_TEXT: {
    retryable: false,
    meaning: "A text is empty or holds characters that cannot be stored.",
    cure: "Send at least one visible character, without lone surrogates or NUL.",
  },
  INVALID_KEY: {
    retryable: false,
    meaning: "A key is empty, too long or holds characters that cannot be stored.",
    cure: "Leave the key out, or give 1 to `MAX_KEY_BYTES` bytes without control characters.",
  },
  INVALID_METADATA: {
    retryable: false,
    meaning: "Metadata is too large, too deep, not plain JSON, or holds an integer beyond 2^53 - 1, which JSON rounds.",
    cure: "Send a JSON object within `MAX_METADATA_BYTES` and `MAX_METADATA_DEPTH`; write large integers as strings.",
  },
  INVALID_IMAGE: {
    retryable: false,
    meaning: "The bytes are not a whole, readable picture.",
    cure: "Open the picture in a viewer and save it again; check that base64 or upload is complete.",
  },
  INVALID_PDF: {
    retryable: false,
    meaning: "The bytes are not a whole, readable PDF, or it wants a password, or none of its pages has text.",
    cure: "Do what the message says: save a copy without a password, print it anew, or ask for `pictures` of a scan. [PDFs](ingestion.md#pdfs).",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    retryable: false,
    meaning: "The bytes are not JPEG, PNG, WebP, GIF, AVIF or HEIC, or of a PDF no PDF.",
    cure: "Convert it to one of these; SVG and TIFF are not taken. A PDF goes where PDFs are taken: [PDFs](ingestion.md#pdfs).",
  },
  TOO_LARGE: {
    retryable: false,
    meaning: "A text, picture or request body is over its limit.",
    cure: "Send less, use `createUpload` instead of base64, or raise the limit that the message names (`MAX_…`).",
  },
  FETCH_FAILED: {
    retryable: true,
    meaning: "A picture's URL could not be fetched.",
    cure: "Try again later, check that the URL opens without a login, or send the bytes. Slow hosts: `FETCH_TIMEOUT_MS`.",
  },
  FETCH_FORBIDDEN: {
    retryable: false,
    meaning: "A picture's URL is one that this server does not fetch from.",
    cure: "Send the bytes, or have the operator name the host in `FETCH_ALLOWED_HOSTS`.",
  },
  UPLOAD_NOT_FOUND: {
    retryable: false,
    meaning: "A reference names an upload that is not there (any more).",
    cure: "Call `createUpload` again, PUT the bytes, and use the id within `UPLOAD_TTL_MS` and `UPLOAD_KEEP_MS`.",
  },
  INVALID_UPLOAD: {
    retryable: false,
    meaning: "An upload is not what was announced, not what it is used for, or its URL is not valid.",
    cure: "PUT exactly the bytes, type and hash announced to the URL as it was given, before it expires.",
  },
  INVALID_ITEM: {
    retryable: false,
    meaning: "A line of an uploaded list (NDJSON, CSV) is not an item that can be stored.",
    cure: "Correct the line that the message names; [the format of lists](ingestion.md#in-the-background).",
  },
  INGESTION_NOT_FOUND: {
    retryable: false,
    meaning: "No ingestion has this id.",
    cure: "Ask with the id that `startIngestion` gave; it is forgotten `INGESTION_KEEP_MS` after its end.",
  },
  ENCODER_FAILED: {
    retryable: true,
    meaning: "The model could not encode this item.",
    cure: "Try once more, then with other content. If it is always so, see the log and `ENCODER_DEADLINE_MS`.",
  },
  ENCODER_UNAVAILABLE: {
    retryable: true,
    meaning: "The machine that encodes does not answer, is busy, or refuses this server.",
    cure: "Try again in a minute. Operators: the log says why; see `MODEL`, `MODEL_API_KEY` and [remote encoders](remote-encoders.md).",
  },
  WORKER_UNAVAILABLE: {
    retryable: true,
    meaning: "The process that encodes or decodes keeps crashing and is being restarted.",
    cure: "Try again in a minute. Operators: the log says why it dies; often too little memory.",
  },
  OVERLOADED: {
    retryable: true,
    meaning: "The server has as much to do as it can answer in time.",
    cure: "Try again after `Retry-After`, with fewer requests at once. Operators: [how to make room](performance.md).",
  },
  STORE_UNAVAILABLE: {
    retryable: true,
    meaning: "Milvus or the media store did not answer in time, or has no room to write.",
    cure: "Try again later. Operators: is Milvus up, is the disk full? See `MILVUS_URI`, `MEDIA_URI`, `STORE_TIMEOUT_MS`.",
  },
  STORE_FAILED: {
    retryable: false,
    meaning: "Milvus refused an operation.",
    cure: "Operators: the log has Milvus' own words; check its version and rights.",
  },
  KEYWORDS_UNSUPPORTED: {
    retryable: false,
    meaning: "The collection cannot be searched by keyword.",
    cure: "Search without `keywords`, or follow the message: Milvus 2.5 or later, and a collection made anew.",
  },
  ANSWERS_NOT_CONFIGURED: {
    retryable: false,
    meaning: "The server has no chat model, so that it writes no answers; `answerModel` is null.",
    cure: "Search instead. Operators: set `LLM_BASE_URL` and `LLM_MODEL`; [answers](answers.md).",
  },
  RERANK_NOT_CONFIGURED: {
    retryable: false,
    meaning: "The server has no reranker (`rerankModel` is null), or another than `rerank.model` asks for.",
    cure: "Search without `rerank`, or without its `model`. Operators: set `RERANK_MODEL`; [reranking](rerank.md).",
  },
  RERANK_FAILED: {
    retryable: true,
    meaning:
      "The reranker did not answer, or not as it should. A search never fails with it: the first order stays, and `rerank { reason }` tells.",
    cure: "Operators: see the reason, `RERANK_MODEL`, `RERANK_MODEL_NAME` and `RERANK_API_KEY`; [reranking](rerank.md).",
  },
  LLM_UNAVAILABLE: {
    retryable: true,
    meaning: "The chat model did not answer, was too slow, broke off, or is asked too often.",
    cure: "Ask again later. Operators: is the server at `LLM_BASE_URL` up? See `LLM_TIMEOUT_MS`, `LLM_IDLE_TIMEOUT_MS`, `LLM_RETRIES`.",
  },
  LLM_FAILED: {
    retryable: false,
    meaning: "The chat model refused the request, declined to answer, or answered in another form.",
    cure: "Ask in other words. Operators: check `LLM_BASE_URL`, `LLM_MODEL` and `LLM_API_KEY`; a model that sees no pictures wants `ANSWER_PICTURES` 0.",
  },
  PICTURES_UNSUPPORTED: {
    retryable: false,
    meaning: "The server's model takes texts only; `collection { modalities }` tells.",
    cure: "Send texts, or ask a server whose `MODEL` takes pictures: [models](models.md). Operators of an API: `MODEL_PROTOCOL` names [how it takes them](remote-encoders.md).",
  },
  LEDGER_UNAVAILABLE: {
    retryable: true,
    meaning: "The ledger could not be read or written.",
    cure: "Try again later. Operators: check the disk, or the server at `LEDGER_URL`.",
  },
  SHUTTING_DOWN: {
    retryable: true,
    meaning: "The server is stopping and takes no new work.",
    cure: "Try again in a moment, or at another server.",
  },
  INVALID_CONFIGURATION: {
    retryable: false,
    meaning: "An environment variable is wrong (start-up only).",
    cure: "Correct every variable that the message lists; [all settings](configuration.md).",
  },
  MODEL_UNAVAILABLE: {
    retryable: true,
    meaning: "The model could not be downloaded, or its machine does not answer (start-up only).",
    cure: "Check the network and `MODEL_HUB_URL`, and start again: what is there is not loaded twice. Or `MODEL=mini-clip`. A remote one: is it up?",
  },
  INVALID_MODEL: {
    retryable: false,
    meaning:
      "The model's files are missing, broken or unusable, or a remote model's vectors cannot be right (start-up only).",
    cure: "Give the folder the files that the message names, or set another `MODEL_DTYPE`, `MODEL` or `MODEL_NAME`: [models](models.md#your-own).",
  },
  MODEL_DRIFTED: {
    retryable: false,
    meaning: "The model gives other vectors than when it was first used here (start-up only).",
    cure: "Put back what has changed, or keep the change and store everything anew, as the message says: [models](models.md#drift).",
  },
  MODEL_MISMATCH: {
    retryable: false,
    meaning: "The collection was made by another model (start-up only).",
    cure: "Set `MODEL` as the message says, or start a new collection: [changing the model](guide.md#changing-the-model).",
  },
  INTERNAL_SERVER_ERROR: {
    retryable: false,
    meaning: "A fault of the server's own; the log has the details.",
    cure: "Report it with the log's entry; trying again rarely helps.",
  },
} as const satisfies Record<string, { retryable: boolean; meaning: string; cure: string }>;
