import { resolve } from "node:path";
import { AppError } from "./errors";
import { DEFAULT_LIMITS, type Limits } from "./search/limits";

/** One environment variable: what it means, how its string is read, what holds without it. */
interface Setting<T> {
  readonly name: string;
  readonly meaning: string;
  /** As a user would write it; "" where there is none. */
  readonly defaultText: string;
  readonly parse: (text: string) => T;
}

class Fault extends Error {}

const setting = <T>(name: string, defaultText: string, meaning: string, parse: (text: string) => T): Setting<T> => ({
  name,
  meaning,
  defaultText,
  parse,
});

const text = (value: string): string => value;
const textOrNull = (value: string): string | null => (value === "" ? null : value);
const path = (value: string): string => resolve(value);
const list = (value: string): string[] =>
  value
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

const integer = (min: number, max: number) => (value: string) => {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new Fault(`must be a whole number from ${min} to ${max}`);
};

const integerOrNull = (min: number, max: number) => (value: string) => (value === "" ? null : integer(min, max)(value));

const oneOf =
  <T extends string>(...values: T[]) =>
  (value: string): T => {
    if ((values as string[]).includes(value)) return value as T;
    throw new Fault(`must be one of ${values.join(", ")}`);
  };

const httpUrl = (value: string): string => {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value.replace(/\/+$/, "");
  throw new Fault("must be an http or https URL");
};
const httpUrlOrNull = (value: string): string | null => (value === "" ? null : httpUrl(value));

const identifier = (value: string): string => {
  if (/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(value)) return value;
  throw new Fault("must be up to 64 letters, digits and underscores, beginning with a letter");
};

/** "./data/milvus" (a folder: Milvus Lite) or "http(s)://host:port". */
const milvusUri = (value: string): string => (/^https?:\/\//.test(value) ? httpUrl(value) : path(value));

const limit = (name: string, key: keyof Limits, max: number, meaning: string) =>
  setting(name, String(DEFAULT_LIMITS[key]), meaning, integer(1, max));

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
  embeddingDimension: setting(
    "EMBEDDING_DIMENSION",
    "",
    "Shorter vectors from a Matryoshka model (v2: 64 to 1024). Default: the model's own.",
    integerOrNull(1, 8_192),
  ),
  modelHubUrl: setting("MODEL_HUB_URL", "https://huggingface.co", "The hub, or a mirror of it.", httpUrl),
  cacheFolder: setting("CACHE_FOLDER", "./.cache", "Downloaded models are kept here.", path),
  dataFolder: setting("DATA_FOLDER", "./data", "Pictures are kept here.", path),
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
    "How long a call waits for Milvus before it fails.",
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
    "2",
    "How long an idle encoder waits for company before it starts a batch.",
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
    list,
  ),
  fetchTimeoutMs: setting(
    "FETCH_TIMEOUT_MS",
    "15000",
    "How long fetching one picture may take.",
    integer(100, 600_000),
  ),
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
  maxImagePixels: limit("MAX_IMAGE_PIXELS", "maxImagePixels", 268_000_000, "Width × height of one picture."),
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
      const shown = name.endsWith("_TOKEN") ? "" : ` (it is ${JSON.stringify(given.slice(0, 100))})`;
      faults.push(`${name} ${(fault as Error).message}${shown}`);
      return [key, undefined];
    }
  });
  if (faults.length > 0)
    throw new AppError("INVALID_CONFIGURATION", `The configuration is wrong:\n  ${faults.join("\n  ")}`);
  return Object.freeze(Object.fromEntries(entries) as Config);
}

/** The environment of this process: the one place that reads it. */
export const processEnvironment = (): Readonly<Record<string, string | undefined>> => process.env;
