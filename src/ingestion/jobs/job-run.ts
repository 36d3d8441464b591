import { setTimeout as pause } from "node:timers/promises";
import { AppError, failed, type ErrorCode, type Outcome } from "../../errors";
import type { Ingested } from "../intake";
import type { PdfItem } from "../../documents/item";
import type { ClaimedItem, PagesProgress } from "../../ports/ledger";
import type { Ingester, OneDocument } from "../ingester";
import type { PdfIngester } from "../pdf/pdf-ingester";
import { BoundedQueue } from "./bounded-queue";
import type { ByteBudget } from "./byte-budget";
import { Rate } from "./rate";
import { JobLease, type JobLeaseParts } from "./job-lease";
import { MOST_INTERRUPTIONS } from "./retry-policy";
import { settledItem } from "./settled-item";
import { storeBatch, type Prepared } from "./store-batch";

/** Items that are read, so many at once, while others are stored, so many batches at once: the encoder is never idle. */
const READS_AT_ONCE = 16;
const BATCHES_AT_ONCE = 3;
const BATCH = 32;
const BATCH_WAIT_MS = 20;
const TAKEN_AT_ONCE = 32;
/** Between two looks for items that come due. */
const LOOK_EVERY_MS = 250;

export interface JobRunParts extends JobLeaseParts {
  readonly ingester: Pick<Ingester, "prepare" | "store">;
  readonly pdfs: Pick<PdfIngester, "ingest">;
  readonly maxImageBytes: number;
  readonly maxPdfBytes: number;
  /** Shared by all jobs of the process. */
  readonly budget: ByteBudget;
}

/**
 * Works on one job under its lease: items are taken from the ledger, read, stored and settled by stages with bounded
 * queues between them. Whatever becomes of an item is written down; what was written twice, after a crash, is one document.
 */
export class JobRun {
  readonly #toRead = new BoundedQueue<ClaimedItem>(TAKEN_AT_ONCE);
  readonly #toStore = new BoundedQueue<Prepared>(BATCH);
  readonly #rate = new Rate();
  readonly #lease: JobLease;
  /** Takes no more; what is taken comes to its end. */
  #isWinding = false;
  #inWork = 0;
  /** Ends a wait for more. */
  #nudge = new AbortController();

  constructor(private readonly parts: JobRunParts) {
    this.#lease = new JobLease(parts);
  }

  /** Resolves when nothing of the job is left to do here, and its lease is given back. Never rejects. */
  async run(): Promise<void> {
    const rate = () => this.#rate.perSecond;
    const letGo = this.#lease.keep(rate, { onEnded: () => this.windUp(), onLost: () => this.drop() });
    await Promise.all([
      this.#take(),
      this.#stage(READS_AT_ONCE, () => this.#readNext()).then(() => this.#toStore.close()),
      this.#stage(BATCHES_AT_ONCE, () => this.#storeNext()),
    ]);
    letGo();
    await this.#lease.release();
  }

  /** Begins on no more items; `run` resolves when those in work are done. */
  windUp(): void {
    this.#isWinding = true;
    this.#nudge.abort();
    this.#toRead.abandon();
  }

  /** Stops waiting for anything. */
  drop(): void {
    this.windUp();
    this.#lease.giveUp();
    for (const { heldBytes } of this.#toStore.abandon()) this.parts.budget.release(heldBytes);
  }

  async #stage(workers: number, next: () => Promise<boolean>): Promise<void> {
    const worker = async () => {
      while (await next());
    };
    await Promise.all(Array.from({ length: workers }, worker));
  }

  async #take(): Promise<void> {
    while (!this.#isWinding) {
      const items = await this.#lease.take(TAKEN_AT_ONCE);
      this.#inWork += items.length;
      for (const item of items) await this.#toRead.put(item);
      if (items.length === 0 && !(await this.#moreToCome())) break;
    }
    this.#toRead.close();
  }

  /** Waits until there may be more to take; false: there will not. */
  async #moreToCome(): Promise<boolean> {
    this.#nudge = new AbortController();
    const { signal } = this.#nudge;
    const idle = this.#inWork === 0;
    const dueMs = await this.#lease.untilDue();
    if (this.#isWinding || (idle && dueMs === null)) return false;
    await pause(Math.min(dueMs ?? LOOK_EVERY_MS, LOOK_EVERY_MS), undefined, { signal }).catch(() => undefined);
    return true;
  }

  async #readNext(): Promise<boolean> {
    const item = await this.#toRead.take();
    if (item === undefined) return false;
    const { ingester, budget, job, maxImageBytes } = this.parts;
    const { content } = item;
    const isHopeless = item.interruptions >= MOST_INTERRUPTIONS;
    if (content.kind === "pdf" && !isHopeless) return this.#ingestPdf(item, content);
    const granted = content.kind === "image" ? await budget.acquire(maxImageBytes) : 0;
    const draft = await (isHopeless ? failed(hopeless) : ingester.prepare(job.tenant, content as OneDocument));
    const needed = draft.ok && draft.value.modality === "image" ? draft.value.bytes.byteLength : 0;
    const heldBytes = Math.min(needed, granted);
    budget.release(granted - heldBytes);
    if (!(await this.#toStore.put({ item, draft, heldBytes, intended: item.intended }))) budget.release(heldBytes);
    return true;
  }

  /** A PDF is many documents: it is stored here, page by page, and its bytes are held until its last page is. */
  async #ingestPdf(item: ClaimedItem, content: PdfItem): Promise<boolean> {
    const { budget, job, maxPdfBytes, pdfs } = this.parts;
    const held = await budget.acquire(maxPdfBytes);
    const { index, intended } = item;
    let counted = 0;
    const onPages = (progress: PagesProgress) => {
      const share = progress.pagesDone / progress.pages;
      this.#rate.add(share - counted);
      counted = share;
      return this.#noted(this.#lease.notePages(index, progress));
    };
    const outcome = await pdfs.ingest(job.tenant, content, {
      intended,
      onCreating: (first) => this.#noted(this.#lease.intend(first === null ? [] : [{ index, ...first }])),
      onPages,
    });
    budget.release(held);
    await this.#settle([item], [outcome], counted);
    return true;
  }

  async #storeNext(): Promise<boolean> {
    const batch = await this.#toStore.takeBatch(BATCH, BATCH_WAIT_MS);
    if (batch.length === 0) return false;
    const { ingester, job } = this.parts;
    const outcomes = await storeBatch(batch, {
      tenant: job.tenant,
      ingester,
      intend: (intents) => this.#noted(this.#lease.intend(intents)),
      isGivenUp: () => this.#lease.isGivenUp,
    });
    await this.#settle(
      batch.map(({ item }) => item),
      outcomes,
    );
    this.parts.budget.release(batch.reduce((sum, { heldBytes }) => sum + heldBytes, 0));
    return true;
  }

  /** `counted`: how much of the items has gone into the rate before. */
  async #settle(items: readonly ClaimedItem[], outcomes: readonly Outcome<Ingested>[], counted = 0): Promise<void> {
    const results = items.map((item, i) => settledItem(item, outcomes[i]!));
    this.#tell(items, outcomes);
    await this.#lease.settle(results);
    this.#rate.add(Math.max(0, results.filter((one) => one.retryInMs === null).length - counted));
    this.#inWork -= items.length;
    if (this.#inWork === 0) this.#nudge.abort();
  }

  /** Throws SHUTTING_DOWN where the job is another's by now. */
  async #noted(noting: Promise<boolean>): Promise<void> {
    if (await noting) return;
    this.drop();
    throw new AppError("SHUTTING_DOWN", "The job is not worked on here any more.");
  }

  /** Faults that are no item's are the operator's to see. */
  #tell(items: readonly ClaimedItem[], outcomes: readonly Outcome<Ingested>[]): void {
    outcomes.forEach((outcome, i) => {
      if (outcome.ok || !FAULTS.has(outcome.error.code)) return;
      const { job, log } = this.parts;
      log.error({ job: job.id, item: items[i]!.index, err: outcome.error }, "An item failed unexpectedly");
    });
  }
}

const FAULTS = new Set<ErrorCode>(["INTERNAL_SERVER_ERROR", "STORE_FAILED"]);

const hopeless = new AppError(
  "INTERNAL_SERVER_ERROR",
  "The server died again and again while it worked on this item, so this item seems to be the cause. Leave it out.",
);
