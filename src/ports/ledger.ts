import type { ErrorCode } from "../errors";
import type { JobItemInput } from "../documents/item";

/** The ledger: what must survive a restart and is no document. Throws LEDGER_UNAVAILABLE when it cannot be read or written. */
export interface Ledger {
  readonly jobs: JobLedger;
  readonly queue: JobQueue;
  readonly uploads: UploadLedger;
  /** A random secret of that name, the same for every server on this ledger: 64 hex digits, made on first use. */
  secret(name: string): Promise<string>;
  close(): Promise<void>;
}

export type JobState = "queued" | "running" | "succeeded" | "completedWithFailures" | "cancelled";
export type ItemState = "pending" | "ingested" | "duplicate" | "failed" | "cancelled";

/** What an item is; `unreadable`: a line of a list that is none, with what is wrong about it. */
export type JobItemContent = (
  JobItemInput | { readonly kind: "unreadable"; readonly key: null; readonly problem: string }
) & {
  /** Of the uploaded list, from 1; absent: it came otherwise. */
  readonly line?: number;
};

/** An ingestion job. The counts are of its items; they add up to `total`. */
export interface Job {
  /** 32 lowercase hex digits. */
  readonly id: string;
  readonly tenant: string;
  /** The client's own name for the job: the same one again is the same job. */
  readonly requestId: string | null;
  readonly state: JobState;
  readonly total: number;
  readonly counts: Readonly<Record<ItemState, number>>;
  /** Of the last seconds, PDFs by the share of their pages, as the server that works on it measured it; null while nobody does. */
  readonly itemsPerSecond: number | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Pending items whose pages are being stored, in the order of their indices. */
  readonly pdfsInWork: readonly PdfInWork[];
}

/** How far a PDF is whose pages are being stored. */
export interface PagesProgress {
  /** As the file names itself, 200 characters at most; null: it does not. */
  readonly title: string | null;
  /** How many it has. */
  readonly pages: number;
  /** How many of them are done: stored, or passed over for want of a text. */
  readonly pagesDone: number;
}

/** An item of a job as it is being stored. */
export interface PdfInWork extends PagesProgress {
  /** Place in the job, from 0. */
  readonly index: number;
  readonly key: string | null;
}

/** Whether a value can be a job's id at all. */
export const isJobId = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{32}$/.test(value);

/** What became of a PDF's pages. */
export interface PagesOutcome {
  /** How many it has. */
  readonly pages: number;
  /** Numbers of those without text, from 1. */
  readonly withoutText: readonly number[];
}

/** What became of an item; `documentId` and `created` of a PDF are its first document's. */
export type ItemOutcome =
  | {
      readonly state: "ingested";
      readonly documentId: string;
      readonly created: boolean;
      readonly pdf?: PagesOutcome | undefined;
    }
  | { readonly state: "duplicate"; readonly documentId: string; readonly pdf?: PagesOutcome | undefined }
  | { readonly state: "failed"; readonly code: ErrorCode; readonly message: string; readonly retryable: boolean };

export interface JobItem {
  /** Place in the job, from 0. */
  readonly index: number;
  readonly key: string | null;
  /** Line of the uploaded list that it begins on, from 1; null: it came otherwise. */
  readonly line: number | null;
  readonly state: ItemState;
  /** How often it was tried to the end. */
  readonly attempts: number;
  /** Null while it is pending or was cancelled. While it waits for another try: how the last one failed. */
  readonly outcome: ItemOutcome | null;
}

/**
 * A document that an item is about to create, and the time that it will carry. A document of that id and that time was
 * created by this item, whichever of its tries wrote it; with another time somebody else did.
 */
export interface Intention {
  readonly documentId: string;
  readonly createdAt: Date;
}

/** An item that a server took to work on. */
export interface ClaimedItem {
  readonly index: number;
  readonly content: JobItemContent;
  /** Tries before this one that came to an end. */
  readonly attempts: number;
  /** Tries before this one, since the last that came to an end, whose server died. */
  readonly interruptions: number;
  /** Of earlier tries; null: none came that far. */
  readonly intended: Intention | null;
}

export interface ItemIntention extends Intention {
  readonly index: number;
}

/** What became of an item that was taken; with `retryInMs` it is tried again after that time. */
export interface SettledItem {
  readonly index: number;
  readonly outcome: ItemOutcome;
  readonly retryInMs: number | null;
}

export interface ItemQuery {
  readonly states: readonly ItemState[] | null;
  /** Only failures with one of these codes. */
  readonly codes: readonly ErrorCode[] | null;
  /** Only items after this one. */
  readonly afterIndex: number | null;
  readonly limit: number;
}

/** Jobs and their items, as clients see and steer them. */
export interface JobLedger {
  /**
   * Stores a job and all of its items, at once as far as anybody sees. When the tenant has a job of this requestId, that one
   * is returned and `items` is not read. Throws what `items` throws, and then nothing is stored.
   */
  create(
    job: Pick<Job, "id" | "tenant" | "requestId">,
    items: () => AsyncIterable<readonly JobItemContent[]>,
  ): Promise<{ readonly job: Job; readonly created: boolean }>;
  get(tenant: string, id: string): Promise<Job | null>;
  getByRequestId(tenant: string, requestId: string): Promise<Job | null>;
  /** Newest first. */
  list(tenant: string, before: Date | null, limit: number): Promise<Job[]>;
  /** In the order of their indices. */
  items(jobId: string, query: ItemQuery): Promise<JobItem[]>;
  /** The failures that came last, newest first. */
  latestFailures(jobId: string, limit: number): Promise<JobItem[]>;

  /** What is not done yet is cancelled. A finished job stays as it is. Null: there is no such job. */
  cancel(tenant: string, id: string): Promise<Job | null>;
  /** Takes cancelled items up again. */
  resume(tenant: string, id: string): Promise<Job | null>;
  /** Takes failed items up again, all or the retryable ones. */
  retry(tenant: string, id: string, onlyRetryable: boolean): Promise<Job | null>;
  /** Forgets jobs that finished before then, and those whose creation was never finished; returns how many. */
  prune(finishedBefore: Date): Promise<number>;
}

/**
 * The same jobs as work to be done. A job is worked on by the one server that holds its lease; calls that name an owner do
 * nothing unless it is the one.
 */
export interface JobQueue {
  /** Takes the lease of a job that has work and no living owner; null: there is none. */
  claim(owner: string, leaseMs: number): Promise<Pick<Job, "id" | "tenant"> | null>;
  /** Keeps the lease and notes the rate. False: it is not ours any more, or the job was cancelled; stop working on it. */
  renew(jobId: string, owner: string, leaseMs: number, itemsPerSecond: number | null): Promise<boolean>;
  /**
   * Takes items that are due, in order; of items with the same key only the first that is not done. Empty: nothing is due
   * now, see `untilDue`. What was taken under a lease that has ended is given out again.
   */
  take(jobId: string, owner: string, limit: number): Promise<ClaimedItem[]>;
  /** Milliseconds until an item may be due that is not taken; null: there is none. */
  untilDue(jobId: string): Promise<number | null>;
  /**
   * Notes which documents the items are about to create, so that a crash after the write does not turn them into
   * duplicates. False: the lease is not the owner's any more, and nothing must be created, since its successor would not
   * know who did.
   */
  intend(jobId: string, owner: string, intents: readonly ItemIntention[]): Promise<boolean>;
  /** Notes how far a PDF that was taken is, until it is settled or given back. False: as of `intend`. */
  notePages(jobId: string, owner: string, index: number, progress: PagesProgress): Promise<boolean>;
  /**
   * Stores what became of taken items. Of items of any jobs that created one document at the same time, the first to be
   * settled did: one that intended it before then, and is settled later, becomes a duplicate, or with a key a replacement.
   */
  settle(jobId: string, owner: string, results: readonly SettledItem[]): Promise<void>;
  /** Ends the lease; the job's final state if no item is left, else what was taken is given back for another owner. */
  release(jobId: string, owner: string): Promise<void>;
}

/** A file that a client was allowed to put. */
export interface Upload {
  /** 32 lowercase hex digits. */
  readonly id: string;
  readonly tenant: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** As the client announced it, then as it was; 64 hex digits. */
  readonly sha256: string | null;
  readonly state: "awaited" | "stored";
  readonly expiresAt: Date;
}

export interface UploadLedger {
  add(upload: Upload): Promise<void>;
  get(tenant: string, id: string): Promise<Upload | null>;
  /** Its bytes are in the media store. */
  markStored(tenant: string, id: string, sha256: string): Promise<void>;
  /** Uploads past their time that no unfinished or failed item of a job names. */
  expired(limit: number): Promise<Upload[]>;
  remove(tenant: string, ids: readonly string[]): Promise<void>;
}
