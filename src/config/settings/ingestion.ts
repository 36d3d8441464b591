import { setting, type Settings } from "../setting";
import { integer } from "../setting-parsers";

/** How long uploads and ingestions in the background last. */
export const INGESTION_SETTINGS = {
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
} as const satisfies Settings;
