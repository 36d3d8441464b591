import type { Row } from "@libsql/client";
import type {
  ClaimedItem,
  Intention,
  ItemIntention,
  ItemOutcome,
  Job,
  JobItemContent,
  JobQueue,
  PagesProgress,
  SettledItem,
} from "../ports/ledger";
import type { Database, Statement } from "./database";
import { UNDONE } from "./job-rows";

/** Holds where the lease of job ?1 is ?2's. */
const IS_OWNER = `EXISTS (SELECT 1 FROM jobs WHERE id = ?1 AND owner = ?2)`;

/** The work in the ledger's database, for servers that share it. */
export class LibsqlQueue implements JobQueue {
  constructor(private readonly database: Database) {}

  async claim(owner: string, leaseMs: number): Promise<Pick<Job, "id" | "tenant"> | null> {
    const now = Date.now();
    const [claimed] = await this.database.write([
      {
        sql: `UPDATE jobs SET owner = ?1, lease_until = ?2, state = 'running', items_per_second = NULL WHERE id = (
            SELECT id FROM jobs WHERE state IN ('queued', 'running') AND lease_until < ?3 ORDER BY created_at LIMIT 1
          ) RETURNING id, tenant`,
        args: [owner, now + leaseMs, now],
      },
      // Items that the last owner had taken when it died.
      {
        sql: `UPDATE items SET state = 'pending', interruptions = interruptions + 1 WHERE state = 'taken' AND job_id IN (
            SELECT id FROM jobs WHERE owner = ? AND lease_until = ? AND state = 'running')`,
        args: [owner, now + leaseMs],
      },
    ]);
    const row = claimed!.rows[0];
    return row === undefined ? null : { id: String(row["id"]), tenant: String(row["tenant"]) };
  }

  async renew(jobId: string, owner: string, leaseMs: number, itemsPerSecond: number | null): Promise<boolean> {
    const [renewed] = await this.database.write([
      {
        sql: `UPDATE jobs SET lease_until = ?3, items_per_second = ?4 WHERE id = ?1 AND owner = ?2 RETURNING cancelling`,
        args: [jobId, owner, Date.now() + leaseMs, itemsPerSecond],
      },
    ]);
    return renewed!.rows[0]?.["cancelling"] === 0;
  }

  async take(jobId: string, owner: string, limit: number): Promise<ClaimedItem[]> {
    const [taken] = await this.database.write([
      {
        sql: `UPDATE items SET state = 'taken', pages_progress = NULL WHERE ${IS_OWNER} AND job_id = ?1 AND idx IN (
            SELECT idx FROM items AS one WHERE job_id = ?1 AND state = 'pending' AND due_at <= ?3
            AND NOT EXISTS (SELECT 1 FROM jobs WHERE id = ?1 AND cancelling = 1)
            AND (key IS NULL OR NOT EXISTS (
              SELECT 1 FROM items AS before WHERE before.job_id = ?1 AND before.key = one.key
              AND before.idx < one.idx AND before.state IN ${UNDONE}))
            ORDER BY idx LIMIT ?4
          ) RETURNING idx, content, attempts, interruptions, intended_id, intended_at`,
        args: [jobId, owner, Date.now(), limit],
      },
    ]);
    return taken!.rows.map(toClaimed).sort((a, b) => a.index - b.index);
  }

  async untilDue(jobId: string): Promise<number | null> {
    const [row] = await this.database.read(
      `SELECT min(due_at) AS due_at FROM items WHERE job_id = ? AND state = 'pending'`,
      [jobId],
    );
    const dueAt = row!["due_at"];
    return dueAt === null ? null : Math.max(0, Number(dueAt) - Date.now());
  }

  async intend(jobId: string, owner: string, intents: readonly ItemIntention[]): Promise<boolean> {
    const results = await this.database.write([
      ...intents.map(({ index, documentId, createdAt }) => ({
        sql: `UPDATE items SET intended_id = ?3, intended_at = ?4 WHERE ${IS_OWNER} AND job_id = ?1 AND idx = ?5`,
        args: [jobId, owner, documentId, createdAt.getTime(), index],
      })),
      { sql: `SELECT 1 FROM jobs WHERE id = ? AND owner = ?`, args: [jobId, owner] },
    ]);
    return results.at(-1)!.rows.length === 1;
  }

  async notePages(jobId: string, owner: string, index: number, progress: PagesProgress): Promise<boolean> {
    const [noted] = await this.database.write([
      {
        sql: `UPDATE items SET pages_progress = ?4 WHERE ${IS_OWNER} AND job_id = ?1 AND idx = ?3`,
        args: [jobId, owner, index, JSON.stringify(progress)],
      },
    ]);
    return noted!.rowsAffected === 1;
  }

  async settle(jobId: string, owner: string, results: readonly SettledItem[]): Promise<void> {
    const now = Date.now();
    await this.database.write(results.map((one) => settle(jobId, owner, one, now)));
  }

  async release(jobId: string, owner: string): Promise<void> {
    const has = (states: string) => `EXISTS (SELECT 1 FROM items WHERE job_id = jobs.id AND state IN ${states})`;
    await this.database.write([
      {
        sql: `UPDATE items SET state = 'pending' WHERE ${IS_OWNER} AND job_id = ?1 AND state = 'taken'`,
        args: [jobId, owner],
      },
      {
        sql: `UPDATE items SET state = 'cancelled' WHERE ${IS_OWNER} AND job_id = ?1 AND state = 'pending'
          AND (SELECT cancelling FROM jobs WHERE id = ?1) = 1`,
        args: [jobId, owner],
      },
      {
        sql: `UPDATE jobs SET owner = NULL, lease_until = 0, items_per_second = NULL, cancelling = 0,
            finished_at = CASE WHEN ${has(UNDONE)} THEN NULL ELSE ?3 END,
            state = CASE WHEN ${has(UNDONE)} THEN 'queued' WHEN ${has("('cancelled')")} THEN 'cancelled'
              WHEN ${has("('failed')")} THEN 'completedWithFailures' ELSE 'succeeded' END
          WHERE id = ?1 AND owner = ?2`,
        args: [jobId, owner, Date.now()],
      },
    ]);
  }
}

function settle(jobId: string, owner: string, { index, outcome, retryInMs }: SettledItem, now: number): Statement {
  const [documentId, created, code, message, retryable, pdf] = outcomeColumns(outcome);
  return {
    sql: `UPDATE items SET state = ${retryInMs === null ? OVER : WAITING}, due_at = ?4, settled_at = ?5, document_id = ?6,
        created = CASE WHEN ${ANOTHER_CREATED} THEN 0 ELSE ?7 END, code = ?8, message = ?9, retryable = ?10, pdf = ?12,
        attempts = attempts + 1, interruptions = 0,
        content = CASE WHEN ?3 = 'failed' THEN content ELSE NULL END
      WHERE ${IS_OWNER} AND job_id = ?1 AND idx = ?11 AND state = 'taken'`,
    args: [
      jobId,
      owner,
      outcome.state,
      now + (retryInMs ?? 0),
      now,
      documentId,
      created,
      code,
      message,
      retryable,
      index,
      pdf,
    ],
  };
}

/** Holds where the item says that it created a document which another one created since this one looked for it. */
const ANOTHER_CREATED = `?7 = 1 AND intended_id = ?6 AND EXISTS (
  SELECT 1 FROM items AS other WHERE other.document_id = ?6 AND other.created = 1 AND other.settled_at >= items.intended_at
  AND (other.job_id <> ?1 OR other.idx <> ?11))`;

const OVER = `CASE WHEN key IS NULL AND ${ANOTHER_CREATED} THEN 'duplicate' ELSE ?3 END`;

/** An item that waits for its next try is over when its job is being cancelled. */
const WAITING = `CASE WHEN (SELECT cancelling FROM jobs WHERE id = ?1) = 1 THEN 'cancelled' ELSE 'pending' END`;

type OutcomeColumns = readonly [
  documentId: string | null,
  created: number | null,
  code: string | null,
  message: string | null,
  retryable: number | null,
  pdf: string | null,
];

/** What failed keeps its content too, since it may be taken up again; of what is stored it is not needed. */
const outcomeColumns = (outcome: ItemOutcome): OutcomeColumns =>
  outcome.state === "failed"
    ? [null, null, outcome.code, outcome.message, Number(outcome.retryable), null]
    : [
        outcome.documentId,
        outcome.state === "ingested" ? Number(outcome.created) : null,
        null,
        null,
        null,
        outcome.pdf === undefined ? null : JSON.stringify(outcome.pdf),
      ];

const toClaimed = (row: Row): ClaimedItem => ({
  index: Number(row["idx"]),
  content: JSON.parse(String(row["content"])) as JobItemContent,
  attempts: Number(row["attempts"]),
  interruptions: Number(row["interruptions"]),
  intended: toIntention(row),
});

const toIntention = ({ intended_id: documentId, intended_at: createdAt }: Row): Intention | null =>
  typeof documentId === "string" && createdAt !== null ? { documentId, createdAt: new Date(Number(createdAt)) } : null;
