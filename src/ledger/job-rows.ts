import type { Row } from "@libsql/client";
import type { ErrorCode } from "../errors";
import type {
  ItemOutcome,
  ItemState,
  Job,
  JobItem,
  JobState,
  PagesOutcome,
  PagesProgress,
  PdfInWork,
} from "../ports/ledger";

/** Items that are not done: waiting, or in work. */
export const UNDONE = `('pending', 'taken')`;

/** A job with the counts of its items and how far its PDFs are; what `toJob` reads. */
export const JOB_COLUMNS = `jobs.*,
  (SELECT json_group_object(state, n) FROM (SELECT state, count(*) AS n FROM items WHERE job_id = jobs.id GROUP BY state)) AS counts,
  (SELECT json_group_array(json_array(idx, key, json(pages_progress))) FROM (
    SELECT idx, key, pages_progress FROM items
    WHERE job_id = jobs.id AND state = 'taken' AND pages_progress IS NOT NULL ORDER BY idx)) AS pdfs_in_work`;

export function toJob(row: Row): Job {
  const counted = JSON.parse(String(row["counts"])) as Partial<Record<ItemState | "taken", number>>;
  const { pending = 0, taken = 0, ingested = 0, duplicate = 0, failed = 0, cancelled = 0 } = counted;
  const running = row["state"] === "running";
  return {
    id: String(row["id"]),
    tenant: String(row["tenant"]),
    requestId: textOrNull(row["request_id"]),
    state: row["state"] as JobState,
    total: Number(row["total"]),
    counts: { pending: pending + taken, ingested, duplicate, failed, cancelled },
    itemsPerSecond: running && row["items_per_second"] !== null ? Number(row["items_per_second"]) : null,
    createdAt: new Date(Number(row["created_at"])),
    finishedAt: row["finished_at"] === null ? null : new Date(Number(row["finished_at"])),
    pdfsInWork: toPdfsInWork(String(row["pdfs_in_work"])),
  };
}

function toPdfsInWork(json: string): PdfInWork[] {
  const rows = JSON.parse(json) as [index: number, key: string | null, progress: PagesProgress][];
  return rows.map(([index, key, progress]) => ({ index, key, ...progress }));
}

/** Everything of an item but its content. */
export const ITEM_COLUMNS = `idx, key, line, state, attempts, document_id, created, code, message, retryable, pdf`;

export const toItem = (row: Row): JobItem => ({
  index: Number(row["idx"]),
  key: textOrNull(row["key"]),
  line: row["line"] === null ? null : Number(row["line"]),
  state: row["state"] === "taken" ? "pending" : (row["state"] as ItemState),
  attempts: Number(row["attempts"]),
  outcome: toOutcome(row),
});

function toOutcome(row: Row): ItemOutcome | null {
  const documentId = String(row["document_id"]);
  const pdf = row["pdf"] === null ? undefined : (JSON.parse(String(row["pdf"])) as PagesOutcome);
  if (row["state"] === "ingested") return { state: "ingested", documentId, created: Number(row["created"]) === 1, pdf };
  if (row["state"] === "duplicate") return { state: "duplicate", documentId, pdf };
  if (row["code"] === null) return null;
  const [code, message] = [row["code"] as ErrorCode, String(row["message"])];
  return { state: "failed", code, message, retryable: Number(row["retryable"]) === 1 };
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
