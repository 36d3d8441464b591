/**
 * The ledger's tables. Times are milliseconds since 1970. A job is `creating` until all of its items are stored; an item is
 * `taken` while a server works on it: neither state is shown to anybody. `cancelling`: no item is to be taken any more.
 */
export const SCHEMA: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    request_id TEXT,
    state TEXT NOT NULL,
    total INTEGER NOT NULL DEFAULT 0,
    cancelling INTEGER NOT NULL DEFAULT 0,
    items_per_second REAL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    owner TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0
  )`,
  `CREATE UNIQUE INDEX IF NOT EXISTS jobs_by_request ON jobs (tenant, request_id) WHERE request_id IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS jobs_by_time ON jobs (tenant, created_at)`,
  `CREATE INDEX IF NOT EXISTS jobs_with_work ON jobs (created_at) WHERE state IN ('queued', 'running')`,
  `CREATE TABLE IF NOT EXISTS items (
    job_id TEXT NOT NULL,
    idx INTEGER NOT NULL,
    key TEXT,
    upload_id TEXT,
    line INTEGER,
    content TEXT,
    state TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0,
    interruptions INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL DEFAULT 0,
    intended_id TEXT,
    intended_at INTEGER,
    document_id TEXT,
    created INTEGER,
    code TEXT,
    message TEXT,
    retryable INTEGER,
    settled_at INTEGER,
    pdf TEXT,
    pages_progress TEXT,
    PRIMARY KEY (job_id, idx)
  )`,
  `CREATE INDEX IF NOT EXISTS items_by_state ON items (job_id, state, idx)`,
  `CREATE INDEX IF NOT EXISTS items_by_key ON items (job_id, key, idx) WHERE key IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS items_by_creation ON items (document_id) WHERE created = 1`,
  `CREATE INDEX IF NOT EXISTS items_by_upload ON items (upload_id) WHERE upload_id IS NOT NULL`,
  `CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT,
    state TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  )`,
  `CREATE INDEX IF NOT EXISTS uploads_by_expiry ON uploads (expires_at)`,
];

/** Columns that ledgers of earlier versions lack. */
export const LATER_COLUMNS = [
  { table: "items", column: "line", type: "INTEGER" },
  { table: "items", column: "intended_at", type: "INTEGER" },
  { table: "items", column: "pdf", type: "TEXT" },
  { table: "items", column: "pages_progress", type: "TEXT" },
] as const;
