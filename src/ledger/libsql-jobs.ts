import { setTimeout as pause } from "node:timers/promises";
import type { ErrorCode } from "../errors";
import type { ItemQuery, Job, JobItem, JobItemContent, JobLedger } from "../ports/ledger";
import type { Database } from "./database";
import { forgetJobs } from "./forget-jobs";
import { JobCreation } from "./job-creation";
import { ITEM_COLUMNS, JOB_COLUMNS, toItem, toJob, UNDONE } from "./job-rows";

/** How soon it is looked again whether a job that somebody else creates is whole. */
const CREATION_POLL_MS = 200;

/** Jobs in the ledger's database. */
export class LibsqlJobs implements JobLedger {
  readonly #creation: JobCreation;

  constructor(private readonly database: Database) {
    this.#creation = new JobCreation(database);
  }

  async create(
    job: Pick<Job, "id" | "tenant" | "requestId">,
    items: () => AsyncIterable<readonly JobItemContent[]>,
  ): Promise<{ job: Job; created: boolean }> {
    const { tenant, requestId } = job;
    while (!(await this.#creation.begin(job))) {
      const there = await this.getByRequestId(tenant, requestId!);
      if (there !== null) return { job: there, created: false };
      await pause(CREATION_POLL_MS);
    }
    await this.#creation.fill(job.id, items);
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
    const results = await this.database.write(forgetJobs(old, [finishedBefore.getTime(), Date.now()]));
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
}

const listOrNull = (values: readonly (string | ErrorCode)[] | null): string | null =>
  values === null ? null : JSON.stringify(values);
