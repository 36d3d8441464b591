import { defaultCacheFolder } from "../cache-folder";
import { setting, type Settings } from "../setting";
import { identifier, integer, ledgerUrlOrNull, mediaUri, milvusUri, path, textOrNull } from "../setting-parsers";

/** Where it keeps what it keeps: folders, buckets, Milvus. */
export const DATA_SETTINGS = {
  dataFolder: setting("DATA_FOLDER", "./data", "What the server keeps is here, where nothing else is set.", path),
  cacheFolder: setting(
    "CACHE_FOLDER",
    "",
    "Downloaded models are kept here, and Milvus Lite. Default: ./.cache in a clone, else the user's cache folder.",
    (value, env) => path(value || defaultCacheFolder(env)),
  ),
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
    "A Python that has what requirements.txt names, in these versions. Default: the one that set-up made, in a clone's .venv or in CACHE_FOLDER.",
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
} as const satisfies Settings;
