import { randomBytes } from "node:crypto";
import { AppError } from "../../errors";
import type { IngestionRequest, Ingestions } from "./ingestions";
import type { ItemQuery, Job, JobItem, JobLedger } from "../../ports/ledger";
import type { Limits } from "../../documents/limits";
import { isBlank } from "../../documents/normal-form";
import type { Uploads } from "../uploads/uploads";
import { readItems } from "../items/read-items";
import { Progress } from "./progress";

// eslint-disable-next-line no-control-regex -- a name that people see has none of them
const REQUEST_ID = /^[^\u0000-\u001f\u007f]{1,200}$/;

export interface IngestionServiceParts {
  readonly jobs: JobLedger;
  readonly uploads: Uploads;
  readonly limits: Limits;
  /** Told that there is work. */
  readonly onWork: () => void;
}

/** Starts, steers and shows ingestion jobs; a JobRunner, here or in another process, works on them. */
export class IngestionService implements Ingestions {
  readonly #progress: Progress;

  constructor(private readonly parts: IngestionServiceParts) {
    this.#progress = new Progress((tenant, id) => parts.jobs.get(tenant, id));
  }

  /** Jobs that somebody watches now. */
  get watched(): number {
    return this.#progress.watched;
  }

  async start(tenant: string, { requestId, items, uploadId }: IngestionRequest): Promise<Job> {
    const { jobs, uploads, limits, onWork } = this.parts;
    if (requestId !== null && (!REQUEST_ID.test(requestId) || isBlank(requestId) || !requestId.isWellFormed())) {
      throw new AppError(
        "BAD_USER_INPUT",
        "`requestId` must have 1 to 200 characters, none of them a control character and at least one visible.",
      );
    }
    const id = randomBytes(16).toString("hex");
    const { job } = await jobs.create({ id, tenant, requestId }, async function* () {
      const list = uploadId === null ? null : await uploads.open(tenant, uploadId);
      yield* readItems(items, list, limits);
    });
    onWork();
    return job;
  }

  get(tenant: string, id: string): Promise<Job | null> {
    return this.parts.jobs.get(tenant, id);
  }

  getByRequestId(tenant: string, requestId: string): Promise<Job | null> {
    return this.parts.jobs.getByRequestId(tenant, requestId);
  }

  list(tenant: string, before: Date | null, limit: number): Promise<Job[]> {
    return this.parts.jobs.list(tenant, before, limit);
  }

  items(jobId: string, query: ItemQuery): Promise<JobItem[]> {
    return this.parts.jobs.items(jobId, query);
  }

  latestFailures(jobId: string, limit: number): Promise<JobItem[]> {
    return this.parts.jobs.latestFailures(jobId, limit);
  }

  async cancel(tenant: string, id: string): Promise<Job> {
    return found(await this.parts.jobs.cancel(tenant, id));
  }

  async resume(tenant: string, id: string): Promise<Job> {
    return this.#working(await this.parts.jobs.resume(tenant, id));
  }

  async retry(tenant: string, id: string, onlyRetryable: boolean): Promise<Job> {
    return this.#working(await this.parts.jobs.retry(tenant, id, onlyRetryable));
  }

  async watch(tenant: string, id: string): Promise<AsyncIterableIterator<Job>> {
    return this.#progress.watch(found(await this.parts.jobs.get(tenant, id)));
  }

  async close(): Promise<void> {
    this.#progress.close();
  }

  #working(job: Job | null): Job {
    this.parts.onWork();
    return found(job);
  }
}

function found(job: Job | null): Job {
  if (job !== null) return job;
  throw new AppError(
    "INGESTION_NOT_FOUND",
    "No ingestion has this id. It was never started here, or it finished long ago and is forgotten.",
  );
}
