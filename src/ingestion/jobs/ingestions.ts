import type { JobItemInput } from "../../documents/item";
import type { ItemQuery, Job, JobItem } from "../../ports/ledger";

/** What is to be ingested in the background: items, and a list (NDJSON, CSV) that was uploaded, in that order. */
export interface IngestionRequest {
  /** The client's own name for it: the same one again is the same job. */
  readonly requestId: string | null;
  readonly items: readonly JobItemInput[];
  readonly uploadId: string | null;
}

/** Ingestion in the background. What names a job that the tenant does not have throws INGESTION_NOT_FOUND. */
export interface Ingestions {
  /**
   * Returns when every item is in the ledger. Throws BAD_USER_INPUT for none, TOO_MANY_ITEMS, UPLOAD_NOT_FOUND, INVALID_UPLOAD
   * for a list that cannot be read at all, LEDGER_UNAVAILABLE; then there is no job.
   */
  start(tenant: string, request: IngestionRequest): Promise<Job>;
  /** Null: there is none. */
  get(tenant: string, id: string): Promise<Job | null>;
  getByRequestId(tenant: string, requestId: string): Promise<Job | null>;
  /** Newest first. */
  list(tenant: string, before: Date | null, limit: number): Promise<Job[]>;
  /** In the order of their indices. */
  items(jobId: string, query: ItemQuery): Promise<JobItem[]>;
  /** Newest first. */
  latestFailures(jobId: string, limit: number): Promise<JobItem[]>;
  cancel(tenant: string, id: string): Promise<Job>;
  /** Takes cancelled items up again. */
  resume(tenant: string, id: string): Promise<Job>;
  /** Takes failed items up again, all or the retryable ones. */
  retry(tenant: string, id: string, onlyRetryable: boolean): Promise<Job>;
  /** The job as it is and then whenever it has changed, until it is over. Give it back with `return`. */
  watch(tenant: string, id: string): Promise<AsyncIterableIterator<Job>>;
}
