import { AppError } from "../errors";
import { readHeadersByHost } from "../images/fetch/fetch-headers";
import { DEFAULT_LIMITS, type Limits } from "../documents/limits";
import {
  hosts,
  hostsOrSuffixes,
  httpUrl,
  httpUrlOrNull,
  identifier,
  integer,
  integerOrNull,
  keyOrNull,
  ledgerUrlOrNull,
  list,
  mediaUri,
  milvusUri,
  oneOf,
  path,
  text,
  textOrNull,
  thumbnailWidth,
} from "./setting-parsers";

/** One environment variable: what it means, how its string is read, what holds without it. */
interface Setting<T> {
  readonly name: string;
  readonly meaning: string;
  /** As a user would write it; "" where there is none. */
  readonly defaultText: string;
  readonly parse: (text: string) => T;
}

const setting = <T>(name: string, defaultText: string, meaning: string, parse: (text: string) => T): Setting<T> => ({
  name,
  meaning,
  defaultText,
  parse,
});

const limit = (name: string, key: keyof Limits, max: number, meaning: string) =>
  setting(name, String(DEFAULT_LIMITS[key]), meaning, integer(1, max));

const SECRETS = /_(TOKEN|KEY|HEADERS)$/;

/** The whole configuration, in the order of the documentation. */
export const SETTINGS = {
  host: setting("HOST", "127.0.0.1", "Address to listen on; 0.0.0.0 opens the server to the network.", text),
  port: setting("PORT", "4000", "Port to listen on; 0 picks a free one.", integer(0, 65_535)),
  publicUrl: setting(
    "PUBLIC_URL",
    "",
    "Where clients reach this server; begins the addresses of pictures. Default: http://HOST:PORT.",
    httpUrlOrNull,
  ),
  model: setting(
    "MODEL",
    "jinaai/jina-clip-v1",
    "Hub id (downloaded on first use), mini-clip (embedded, for drawings), or a folder.",
    text,
  ),
  modelRevision: setting("MODEL_REVISION", "main", "Branch, tag or commit of the model on the hub.", text),
  modelDtype: setting(
    "MODEL_DTYPE",
    "fp32",
    "Which ONNX files: fp32, fp16, q8, int8, uint8, q4, q4f16 or bnb4.",
    oneOf("fp32", "fp16", "q8", "int8", "uint8", "q4", "q4f16", "bnb4"),
  ),
  modelDevice: setting(
    "MODEL_DEVICE",
    "cpu",
    "Where the model runs: cpu, cuda (NVIDIA on Linux), coreml (Apple), dml (DirectML on Windows), where ONNX Runtime has it.",
    oneOf("cpu", "cuda", "coreml", "dml"),
  ),
  modelThreads: setting(
    "MODEL_THREADS",
    "",
    "Threads that one run of the model takes. Default: as many as the machine has cores.",
    integerOrNull(1, 1_024),
  ),
  embeddingDimension: setting(
    "EMBEDDING_DIMENSION",
    "",
    "Shorter vectors from a Matryoshka model (v2: 64 to 1024). Default: the model's own.",
    integerOrNull(1, 8_192),
  ),
  modelHubUrl: setting("MODEL_HUB_URL", "https://huggingface.co", "The hub, or a mirror of it.", httpUrl),
  cacheFolder: setting("CACHE_FOLDER", "./.cache", "Downloaded models are kept here.", path),
  dataFolder: setting("DATA_FOLDER", "./data", "What the server keeps is here, where nothing else is set.", path),
  mediaUri: setting(
    "MEDIA_URI",
    "",
    "Keeps pictures and uploads: a folder or s3://bucket/prefix?endpoint=https://host&region=eu-1. Default: DATA_FOLDER/media.",
    mediaUri,
  ),
  awsAccessKeyId: setting(
    "AWS_ACCESS_KEY_ID",
    "",
    "For MEDIA_URI=s3://…; without it the AWS SDK looks where it always does.",
    textOrNull,
  ),
  awsSecretAccessKey: setting("AWS_SECRET_ACCESS_KEY", "", "Goes with AWS_ACCESS_KEY_ID.", textOrNull),
  awsSessionToken: setting("AWS_SESSION_TOKEN", "", "Goes with AWS_ACCESS_KEY_ID where it is temporary.", textOrNull),
  ledgerUrl: setting(
    "LEDGER_URL",
    "",
    "Where ingestions and uploads are written down: a file or libsql://host of a libSQL server. Default: DATA_FOLDER/ledger.db.",
    ledgerUrlOrNull,
  ),
  ledgerToken: setting("LEDGER_TOKEN", "", "Token of the libSQL server.", textOrNull),
  milvusUri: setting(
    "MILVUS_URI",
    "./data/milvus",
    "A folder (starts Milvus Lite there) or http(s)://host:port of a Milvus or Zilliz Cloud.",
    milvusUri,
  ),
  milvusToken: setting("MILVUS_TOKEN", "", "user:password or an API key of the Milvus server.", textOrNull),
  milvusLitePython: setting(
    "MILVUS_LITE_PYTHON",
    "",
    "A Python that has milvus-lite. Default: the one in the project's .venv.",
    textOrNull,
  ),
  collectionPrefix: setting(
    "COLLECTION_PREFIX",
    "parallax",
    "Begins the names of the collections in Milvus.",
    identifier,
  ),
  storeTimeoutMs: setting(
    "STORE_TIMEOUT_MS",
    "30000",
    "How long a call waits for Milvus or a bucket before it fails.",
    integer(100, 600_000),
  ),
  encoderDeadlineMs: setting(
    "ENCODER_DEADLINE_MS",
    "120000",
    "A batch that takes the model longer than this fails.",
    integer(1_000, 3_600_000),
  ),
  decoderDeadlineMs: setting(
    "DECODER_DEADLINE_MS",
    "5000",
    "A picture that takes longer to decode than this fails.",
    integer(100, 600_000),
  ),
  decoderMemoryMb: setting(
    "DECODER_MEMORY_MB",
    "768",
    "A picture that takes a decoder process more memory than this fails.",
    integer(256, 1_048_576),
  ),
  decoderProcesses: setting("DECODER_PROCESSES", "2", "How many processes decode pictures.", integer(1, 64)),
  batchWindowMs: setting(
    "BATCH_WINDOW_MS",
    "0",
    "How long an idle encoder waits for company before it starts a batch; 0: for what comes at the same moment.",
    integer(0, 1_000),
  ),
  queryCacheSize: setting(
    "QUERY_CACHE_SIZE",
    "10000",
    "How many query vectors are remembered.",
    integer(1, 10_000_000),
  ),
  fetchAllowedHosts: setting(
    "FETCH_ALLOWED_HOSTS",
    "",
    "Hosts (host or host:port, comma-separated) to fetch pictures from though they are not public.",
    hosts,
  ),
  fetchDeniedHosts: setting(
    "FETCH_DENIED_HOSTS",
    "",
    "Hosts, or .host for it and all beneath it (comma-separated), never to fetch from, allowed or not.",
    hostsOrSuffixes,
  ),
  fetchHeaders: setting(
    "FETCH_HEADERS",
    "",
    'JSON of headers that sources ask for: {"host (https) or host:port": {"Header": "value"}}. Secret.',
    (value) => readHeadersByHost(value || "{}"),
  ),
  fetchTimeoutMs: setting(
    "FETCH_TIMEOUT_MS",
    "15000",
    "How long fetching one picture may take, retries included, waiting for FETCH_PER_HOST not.",
    integer(100, 600_000),
  ),
  fetchIdleTimeoutMs: setting(
    "FETCH_IDLE_TIMEOUT_MS",
    "5000",
    "How long a host may send nothing before fetching from it fails.",
    integer(100, 600_000),
  ),
  fetchPerHost: setting("FETCH_PER_HOST", "6", "How many pictures are fetched from one host at once.", integer(1, 256)),
  fetchRetries: setting(
    "FETCH_RETRIES",
    "2",
    "How often a picture is fetched again after a broken connection or a busy host.",
    integer(0, 10),
  ),
  uploadTtlMs: setting(
    "UPLOAD_TTL_MS",
    "3600000",
    "How long the URL of an upload can be used, and how long one PUT may take.",
    integer(1_000, 604_800_000),
  ),
  uploadKeepMs: setting(
    "UPLOAD_KEEP_MS",
    "86400000",
    "How long uploaded bytes are kept for use, after that.",
    integer(0, 31_536_000_000),
  ),
  uploadIdleMs: setting(
    "UPLOAD_IDLE_MS",
    "30000",
    "How long the sender of an upload may send nothing.",
    integer(100, 600_000),
  ),
  ingestionLeaseMs: setting(
    "INGESTION_LEASE_MS",
    "15000",
    "How long after a server died another one takes up its ingestions.",
    integer(500, 600_000),
  ),
  ingestionKeepMs: setting(
    "INGESTION_KEEP_MS",
    "604800000",
    "How long an ingestion that is over is remembered.",
    integer(60_000, 31_536_000_000),
  ),
  llmBaseUrl: setting(
    "LLM_BASE_URL",
    "",
    "Server of chat completions (OpenAI, vLLM, Ollama …) that writes answers: https://host/v1. Default: no answers.",
    httpUrlOrNull,
  ),
  llmModel: setting("LLM_MODEL", "", "The chat model, as that server calls it; it has to see pictures.", textOrNull),
  llmApiKey: setting("LLM_API_KEY", "", "Key of that server, where it wants one.", keyOrNull),
  llmTimeoutMs: setting(
    "LLM_TIMEOUT_MS",
    "180000",
    "How long one answer may take, retries included.",
    integer(100, 3_600_000),
  ),
  llmIdleTimeoutMs: setting(
    "LLM_IDLE_TIMEOUT_MS",
    "60000",
    "How long the chat model may say nothing, also before its first word.",
    integer(100, 3_600_000),
  ),
  llmRetries: setting(
    "LLM_RETRIES",
    "2",
    "How often it is asked again when it fails before its first word.",
    integer(0, 10),
  ),
  answerTexts: setting("ANSWER_TEXTS", "8", "Texts that an answer is written from, at most.", integer(1, 50)),
  answerPictures: setting(
    "ANSWER_PICTURES",
    "4",
    "Pictures that an answer is written from, at most; 0 for a model that sees none.",
    integer(0, 20),
  ),
  answerSourceTokens: setting(
    "ANSWER_SOURCE_TOKENS",
    "6000",
    "Tokens of all those texts and captions together, estimated at one for three bytes; long texts are cut.",
    integer(100, 1_000_000),
  ),
  answerPictureWidth: setting(
    "ANSWER_PICTURE_WIDTH",
    "512",
    "Width in pixels that pictures are scaled down to before they are sent: 64, 128, 256, 384, 512, 768, 1024, 1536 or 2048.",
    thumbnailWidth,
  ),
  answerMaxTokens: setting("ANSWER_MAX_TOKENS", "1024", "Tokens of the longest answer.", integer(1, 100_000)),
  answersAtOnce: setting("ANSWERS_AT_ONCE", "8", "Answers that are written at the same time.", integer(1, 1_000)),
  corsOrigins: setting(
    "CORS_ORIGINS",
    "localhost",
    "Whose pages may call this server: origins (comma-separated), localhost (any page of this machine) or *.",
    list,
  ),
  gracePeriodMs: setting(
    "GRACE_PERIOD_MS",
    "20000",
    "How long requests may finish after SIGTERM.",
    integer(0, 600_000),
  ),
  logLevel: setting(
    "LOG_LEVEL",
    "info",
    "debug, info, warn, error or silent.",
    oneOf("debug", "info", "warn", "error", "silent"),
  ),
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
} as const satisfies Record<string, Setting<unknown>>;

export type Config = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]["parse"]> };

/**
 * The configuration that an environment describes, frozen. Empty variables count as unset. Throws
 * INVALID_CONFIGURATION with every fault at once, one a line; secrets are not repeated.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const entries = Object.entries(SETTINGS).map(([key, { name, defaultText, parse }]) => {
    const given = env[name]?.trim() || defaultText;
    try {
      return [key, parse(given)];
    } catch (fault) {
      const shown = SECRETS.test(name) ? "" : ` (it is ${JSON.stringify(withoutUser(given).slice(0, 100))})`;
      faults.push(`${name} ${(fault as Error).message}${shown}`);
      return [key, undefined];
    }
  });
  if (faults.length > 0)
    throw new AppError("INVALID_CONFIGURATION", `The configuration is wrong:\n  ${faults.join("\n  ")}`);
  return Object.freeze(Object.fromEntries(entries) as Config);
}

/** An address without the credentials that somebody put into it. */
const withoutUser = (value: string): string => value.replace(/\/\/[^/]*@/g, "//…@");

/** The environment of this process: the one place that reads it. */
export const processEnvironment = (): Readonly<Record<string, string | undefined>> => process.env;
