import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../errors";
import type { Job, JobItemContent } from "../ports/ledger";
import type { Database, Statement } from "./database";
import { forgetJobs } from "./forget-jobs";

/** A creation that has not said for this long that it goes on is taken for dead: who asks again waits until then. */
const CREATION_LEASE_MS = 15_000;
/** Rows and characters of one statement: a write must not hold up the process for long. */
const ROWS_A_WRITE = 1_000;
const CHARACTERS_A_WRITE = 4_000_000;

/** Writes jobs down with all of their items, or not at all: nobody sees one that is not whole. */
export class JobCreation {
  constructor(private readonly database: Database) {}

  /** False: there is a job of this tenant and requestId already, whole or being created. */
  async begin({ id, tenant, requestId }: Pick<Job, "id" | "tenant" | "requestId">): Promise<boolean> {
    const now = Date.now();
    const dead = forgetJobs(`tenant = ? AND request_id = ? AND state = 'creating' AND lease_until < ?`, [
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

  /** Writes the items of a job that was begun, after which it waits for a server; forgets the job where they break off. */
  async fill(jobId: string, items: () => AsyncIterable<readonly JobItemContent[]>): Promise<void> {
    const beat = setInterval(() => void this.#keep(jobId).catch(() => undefined), CREATION_LEASE_MS / 5);
    try {
      await this.#fill(jobId, items());
    } catch (error) {
      await this.database.write(forgetJobs(`id = ?`, [jobId])).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(beat);
    }
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

  async #keep(jobId: string): Promise<void> {
    await this.database.write([keepCreating(jobId)]);
  }
}

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
    const uploadId = "source" in item && item.source.kind === "upload" ? item.source.uploadId : null;
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
