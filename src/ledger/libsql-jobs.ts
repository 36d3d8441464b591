import { setTimeout as pause } from "node:timers/promises";
import { AppError, type ErrorCode } from "../errors";
import type { ItemQuery, Job, JobItem, JobItemContent, JobLedger } from "../ports/ledger";
import type { Database, Statement } from "./database";
import { ITEM_COLUMNS, JOB_COLUMNS, toItem, toJob, UNDONE } from "./job-rows";

/** A creation that has not said for this long that it goes on is taken for dead: who asks again waits until then. */
const CREATION_LEASE_MS = 15_000;
const CREATION_POLL_MS = 200;
/** Rows and characters of one statement: a write must not hold up the process for long. */
const ROWS_A_WRITE = 1_000;
const CHARACTERS_A_WRITE = 4_000_000;

/** Jobs in the ledger's database. */
export class LibsqlJobs implements JobLedger {
  constructor(private readonly database: Database) {}

  async create(
    job: Pick<Job, "id" | "tenant" | "requestId">,
    items: () => AsyncIterable<readonly JobItemContent[]>,
  ): Promise<{ job: Job; created: boolean }> {
    const { tenant, requestId } = job;
    while (!(await this.#begin(job))) {
      const there = await this.getByRequestId(tenant, requestId!);
      if (there !== null) return { job: there, created: false };
      await pause(CREATION_POLL_MS);
    }
    const beat = setInterval(() => void this.#keepCreating(job.id).catch(() => undefined), CREATION_LEASE_MS / 5);
    try {
      await this.#fill(job.id, items());
    } catch (error) {
      await this.database.write(forget(`id = ?`, [job.id])).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(beat);
    }
    return { job: (await this.get(tenant, job.id))!, created: true };
  }

  get(tenant: string, id: string): Promise<Job | null> {
    return this.#one(`id = ? AND tenant = ?`, [id, tenant]);
  }

  getByRequestId(tenant: string, requestId: string): Promise<Job | null> {
    return this.#one(`tenant = ? AND request_id = ?`, [tenant, requestId]);
  }

  async list(tenant: string, before: Date | null, limit: number): Promise<Job[]> {
    const rows = await this.database.read(
      `SELECT ${JOB_COLUMNS} FROM jobs WHERE tenant = ? AND state <> 'creating' AND created_at < ?
       ORDER BY created_at DESC, id LIMIT ?`,
      [tenant, before?.getTime() ?? Number.MAX_SAFE_INTEGER, limit],
    );
    return rows.map(toJob);
  }

  async items(jobId: string, { states, codes, afterIndex, limit }: ItemQuery): Promise<JobItem[]> {
    const shown = states?.flatMap((state) => (state === "pending" ? ["pending", "taken"] : [state])) ?? null;
    const rows = await this.database.read(
      `SELECT ${ITEM_COLUMNS} FROM items WHERE job_id = ?1 AND idx > ?2
       AND (?3 IS NULL OR state IN (SELECT value FROM json_each(?3)))
       AND (?4 IS NULL OR (state = 'failed' AND code IN (SELECT value FROM json_each(?4))))
       ORDER BY idx LIMIT ?5`,
      [jobId, afterIndex ?? -1, listOrNull(shown), listOrNull(codes), limit],
    );
    return rows.map(toItem);
  }

  async latestFailures(jobId: string, limit: number): Promise<JobItem[]> {
    const rows = await this.database.read(
      `SELECT ${ITEM_COLUMNS} FROM items WHERE job_id = ? AND state = 'failed' ORDER BY settled_at DESC, idx DESC LIMIT ?`,
      [jobId, limit],
    );
    return rows.map(toItem);
  }

  async cancel(tenant: string, id: string): Promise<Job | null> {
    const now = Date.now();
    const unfinished = `EXISTS (SELECT 1 FROM jobs WHERE id = ?1 AND tenant = ?2 AND state IN ('queued', 'running'))`;
    const cancelItems = (which: string) => ({
      sql: `UPDATE items SET state = 'cancelled', code = NULL WHERE job_id = ?1 AND ${which} AND ${unfinished}`,
      args: [id, tenant],
    });
    await this.database.write([
      cancelItems(`state = 'pending'`),
      // Nobody will tell what became of the items of a server that is gone.
      cancelItems(`state = 'taken' AND (SELECT lease_until FROM jobs WHERE id = ?1) < ${now}`),
      {
        sql: `UPDATE jobs SET cancelling = 1 WHERE id = ? AND tenant = ? AND state IN ('queued', 'running')`,
        args: [id, tenant],
      },
      {
        sql: `UPDATE jobs SET state = 'cancelled', finished_at = ?, owner = NULL, lease_until = 0
          WHERE id = ? AND tenant = ? AND cancelling = 1 AND state IN ('queued', 'running')
          AND NOT EXISTS (SELECT 1 FROM items WHERE job_id = jobs.id AND state IN ${UNDONE})`,
        args: [now, id, tenant],
      },
    ]);
    return this.get(tenant, id);
  }

  resume(tenant: string, id: string): Promise<Job | null> {
    return this.#takeUpAgain(tenant, id, `state = 'cancelled'`);
  }

  retry(tenant: string, id: string, onlyRetryable: boolean): Promise<Job | null> {
    return this.#takeUpAgain(tenant, id, onlyRetryable ? `state = 'failed' AND retryable = 1` : `state = 'failed'`);
  }

  async prune(finishedBefore: Date): Promise<number> {
    const old = `finished_at < ? OR (state = 'creating' AND lease_until < ?)`;
    const results = await this.database.write(forget(old, [finishedBefore.getTime(), Date.now()]));
    return results.at(-1)!.rowsAffected;
  }

  async #takeUpAgain(tenant: string, id: string, which: string): Promise<Job | null> {
    await this.database.write([
      {
        sql: `UPDATE items SET state = 'pending', attempts = 0, due_at = 0, code = NULL, message = NULL, retryable = NULL
          WHERE job_id = ?1 AND ${which} AND EXISTS (SELECT 1 FROM jobs WHERE id = ?1 AND tenant = ?2 AND state <> 'creating')`,
        args: [id, tenant],
      },
      {
        sql: `UPDATE jobs SET state = CASE WHEN owner IS NULL THEN 'queued' ELSE 'running' END, finished_at = NULL, cancelling = 0
          WHERE id = ? AND tenant = ? AND state <> 'creating'
          AND EXISTS (SELECT 1 FROM items WHERE job_id = jobs.id AND state = 'pending')`,
        args: [id, tenant],
      },
    ]);
    return this.get(tenant, id);
  }

  async #one(where: string, args: string[]): Promise<Job | null> {
    const [row] = await this.database.read(
      `SELECT ${JOB_COLUMNS} FROM jobs WHERE ${where} AND state <> 'creating'`,
      args,
    );
    return row === undefined ? null : toJob(row);
  }

  /** False: there is a job of this tenant and requestId already, whole or being created. */
  async #begin({ id, tenant, requestId }: Pick<Job, "id" | "tenant" | "requestId">): Promise<boolean> {
    const now = Date.now();
    const dead = forget(`tenant = ? AND request_id = ? AND state = 'creating' AND lease_until < ?`, [
      tenant,
      requestId,
      now,
    ]);
    const results = await this.database.write([
      ...dead,
      {
        sql: `INSERT INTO jobs (id, tenant, request_id, state, created_at, lease_until) VALUES (?, ?, ?, 'creating', ?, ?)
          ON CONFLICT DO NOTHING`,
        args: [id, tenant, requestId, now, now + CREATION_LEASE_MS],
      },
    ]);
    return results.at(-1)!.rowsAffected === 1;
  }

  async #fill(jobId: string, parts: AsyncIterable<readonly JobItemContent[]>): Promise<void> {
    let total = 0;
    for await (const part of parts) {
      for (const rows of inWrites(part, total)) {
        const [, kept] = await this.database.write([insertItems(jobId, rows), keepCreating(jobId)]);
        if (kept!.rowsAffected === 0) throw takenForDead();
        // What else this process does has its turn between two writes.
        await pause(0);
      }
      total += part.length;
    }
    const [filled] = await this.database.write([
      { sql: `UPDATE jobs SET state = 'queued', total = ?, lease_until = 0 WHERE id = ?`, args: [total, jobId] },
    ]);
    if (filled!.rowsAffected === 0) throw takenForDead();
  }

  async #keepCreating(jobId: string): Promise<void> {
    await this.database.write([keepCreating(jobId)]);
  }
}

const listOrNull = (values: readonly (string | ErrorCode)[] | null): string | null =>
  values === null ? null : JSON.stringify(values);

/** One row as `insertItems` reads it. */
type ItemRow = readonly [
  index: number,
  key: string | null,
  uploadId: string | null,
  line: number | null,
  content: string,
];

function* inWrites(items: readonly JobItemContent[], from: number): Generator<ItemRow[]> {
  let rows: ItemRow[] = [];
  let characters = 0;
  for (const [i, item] of items.entries()) {
    const uploadId = item.kind === "image" && item.source.kind === "upload" ? item.source.uploadId : null;
    const { line, ...rest } = item;
    const content = JSON.stringify(rest);
    if (rows.length === ROWS_A_WRITE || (rows.length > 0 && characters + content.length > CHARACTERS_A_WRITE)) {
      yield rows;
      rows = [];
      characters = 0;
    }
    rows.push([from + i, item.key, uploadId, line ?? null, content]);
    characters += content.length;
  }
  if (rows.length > 0) yield rows;
}

const insertItems = (jobId: string, rows: readonly ItemRow[]): Statement => ({
  sql: `INSERT INTO items (job_id, idx, key, upload_id, line, content)
    SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?2)
    WHERE EXISTS (SELECT 1 FROM jobs WHERE id = ?1)`,
  args: [jobId, JSON.stringify(rows)],
});

const takenForDead = (): AppError =>
  new AppError("LEDGER_UNAVAILABLE", "Writing the items down took so long that it was given up. Start it again.");

const keepCreating = (jobId: string): Statement => ({
  sql: `UPDATE jobs SET lease_until = ? WHERE id = ? AND state = 'creating'`,
  args: [Date.now() + CREATION_LEASE_MS, jobId],
});

const forget = (which: string, args: (string | number | null)[]): Statement[] => [
  { sql: `DELETE FROM items WHERE job_id IN (SELECT id FROM jobs WHERE ${which})`, args },
  { sql: `DELETE FROM jobs WHERE ${which}`, args },
];
