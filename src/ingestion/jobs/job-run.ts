import { setTimeout as pause } from "node:timers/promises";
import { AppError, failed, toAppError, type Outcome } from "../../errors";
import type { Log } from "../../log";
import type { Ingested } from "../../search/intake";
import type { ClaimedItem, ItemOutcome, Job, JobQueue, SettledItem } from "../../search/ledger";
import type { Draft } from "../draft";
import type { Ingester } from "../ingester";
import { BoundedQueue } from "./bounded-queue";
import type { ByteBudget } from "./byte-budget";
import { Rate } from "./rate";
import { MOST_INTERRUPTIONS, retryInMs } from "./retry-policy";

/** Items that are read, so many at once, while others are stored, so many batches at once: the encoder is never idle. */
const READS_AT_ONCE = 16;
const BATCHES_AT_ONCE = 3;
const BATCH = 32;
const BATCH_WAIT_MS = 20;
const TAKEN_AT_ONCE = 32;
/** Between two looks for items that come due, and between two tries to reach the ledger. */
const LOOK_EVERY_MS = 250;
const LEDGER_PAUSE_MS = 1_000;

export interface JobRunParts {
  readonly queue: JobQueue;
  readonly ingester: Pick<Ingester, "prepare" | "store">;
  readonly owner: string;
  readonly leaseMs: number;
  readonly maxImageBytes: number;
  /** Shared by all jobs of the process. */
  readonly budget: ByteBudget;
  readonly log: Log;
}

interface Prepared {
  readonly item: ClaimedItem;
  readonly draft: Outcome<Draft>;
  /** Of the budget, until it is settled. */
  readonly heldBytes: number;
}

/**
 * Works on one job under its lease: items are taken from the ledger, read, stored and settled by stages with bounded
 * queues between them. Whatever becomes of an item is written down; what was written twice, after a crash, is one document.
 */
export class JobRun {
  readonly #toRead = new BoundedQueue<ClaimedItem>(TAKEN_AT_ONCE);
  readonly #toStore = new BoundedQueue<Prepared>(BATCH);
  readonly #rate = new Rate();
  /** Take no more; what is taken comes to its end. */
  readonly #winding = new AbortController();
  /** The lease is lost, or time is up: leave everything as it is. */
  readonly #dropped = new AbortController();
  /** Of the documents that items in work are, or were before a crash, about to create: the item that was last to say so. */
  readonly #creators = new Map<string, number>();
  #inWork = 0;

  constructor(
    private readonly job: Pick<Job, "id" | "tenant">,
    private readonly parts: JobRunParts,
  ) {}

  /** Resolves when nothing of the job is left to do here, and its lease is given back. Never rejects. */
  async run(): Promise<void> {
    const beat = this.#keepLease();
    await Promise.all([
      this.#take(),
      this.#stage(READS_AT_ONCE, () => this.#readNext()).then(() => this.#toStore.close()),
      this.#stage(BATCHES_AT_ONCE, () => this.#storeNext()),
    ]);
    clearInterval(beat);
    await this.#patiently("give the job back", () => this.parts.queue.release(this.job.id, this.parts.owner));
  }

  /** Begins on no more items; `run` resolves when those in work are done. */
  windUp(): void {
    this.#winding.abort();
    this.#toRead.abandon();
  }

  /** Stops waiting for anything. */
  drop(): void {
    this.windUp();
    this.#dropped.abort();
    for (const { heldBytes } of this.#toStore.abandon()) this.parts.budget.release(heldBytes);
  }

  async #stage(workers: number, next: () => Promise<boolean>): Promise<void> {
    const worker = async () => {
      while (await next());
    };
    await Promise.all(Array.from({ length: workers }, worker));
  }

  async #take(): Promise<void> {
    const { queue, owner } = this.parts;
    while (!this.#winding.signal.aborted) {
      const items = await this.#patiently("take items", () => queue.take(this.job.id, owner, TAKEN_AT_ONCE));
      this.#inWork += items?.length ?? 0;
      for (const { intendedId, index } of items ?? []) if (intendedId !== null) this.#creators.set(intendedId, index);
      for (const item of items ?? []) await this.#toRead.put(item);
      if (items?.length === 0 && !(await this.#moreToCome())) break;
    }
    this.#toRead.close();
  }

  /** Waits until there may be more to take; false: there will not. */
  async #moreToCome(): Promise<boolean> {
    const idle = this.#inWork === 0;
    const dueMs = await this.#patiently("look for items", () => this.parts.queue.untilDue(this.job.id));
    if (idle && dueMs === null) return false;
    await pause(Math.min(dueMs ?? LOOK_EVERY_MS, LOOK_EVERY_MS), undefined, { signal: this.#winding.signal }).catch(
      () => undefined,
    );
    return true;
  }

  async #readNext(): Promise<boolean> {
    const item = await this.#toRead.take();
    if (item === undefined) return false;
    const { ingester, budget, maxImageBytes } = this.parts;
    const granted = item.content.kind === "image" ? await budget.acquire(maxImageBytes) : 0;
    const draft = await (item.interruptions >= MOST_INTERRUPTIONS
      ? failed(hopeless)
      : ingester.prepare(this.job.tenant, item.content));
    const needed = draft.ok && draft.value.modality === "image" ? draft.value.bytes.byteLength : 0;
    const heldBytes = Math.min(needed, granted);
    budget.release(granted - heldBytes);
    if (!(await this.#toStore.put({ item, draft, heldBytes }))) budget.release(heldBytes);
    return true;
  }

  async #storeNext(): Promise<boolean> {
    const batch = await this.#toStore.takeBatch(BATCH, BATCH_WAIT_MS);
    if (batch.length === 0) return false;
    const outcomes = await this.#store(batch);
    const results = batch.map(({ item }, i) => this.#settled(item, outcomes[i]!));
    await this.#patiently("settle items", () => this.parts.queue.settle(this.job.id, this.parts.owner, results));
    this.parts.budget.release(batch.reduce((sum, { heldBytes }) => sum + heldBytes, 0));
    this.#rate.add(results.filter((one) => one.retryInMs === null).length);
    for (const one of batch) if (one.draft.ok && this.#hasIntended(one)) this.#creators.delete(one.draft.value.id);
    this.#inWork -= batch.length;
    return true;
  }

  /** A batch that the store refuses is halved until the item at fault is alone. */
  async #store(batch: readonly Prepared[]): Promise<Outcome<Ingested>[]> {
    try {
      const intended = new Set(batch.flatMap((one, place) => (this.#hasIntended(one) ? [place] : [])));
      const onCreating = (places: readonly number[]) => this.#intend(places.map((place) => batch[place]!));
      const drafts = batch.map(({ draft }) => draft);
      return await this.parts.ingester.store(this.job.tenant, drafts, { intended, onCreating });
    } catch (thrown) {
      if (batch.length === 1 || this.#dropped.signal.aborted) {
        const error = toAppError(
          thrown,
          "INTERNAL_SERVER_ERROR",
          "The item could not be stored; the server's log says why.",
        );
        return batch.map(() => failed(error));
      }
      const middle = Math.ceil(batch.length / 2);
      return [...(await this.#store(batch.slice(0, middle))), ...(await this.#store(batch.slice(middle)))];
    }
  }

  /** Whether a try of this item, and since then none of an equal one, was about to create its document. */
  #hasIntended({ item, draft }: Prepared): boolean {
    return draft.ok && this.#creators.get(draft.value.id) === item.index;
  }

  async #intend(creating: readonly Prepared[]): Promise<void> {
    const intents = creating.flatMap(({ item, draft }) =>
      draft.ok ? [{ index: item.index, documentId: draft.value.id }] : [],
    );
    for (const { index, documentId } of intents) this.#creators.set(documentId, index);
    await this.#patiently("note what is created", () => this.parts.queue.intend(this.job.id, intents));
    if (this.#dropped.signal.aborted) throw new AppError("SHUTTING_DOWN", "The job is not worked on here any more.");
  }

  #settled({ index, attempts }: ClaimedItem, outcome: Outcome<Ingested>): SettledItem {
    if (outcome.ok) return { index, outcome: toOutcome(outcome.value), retryInMs: null };
    const { code, message, retryable } = outcome.error;
    if (code === "INTERNAL_SERVER_ERROR" || code === "STORE_FAILED") {
      this.parts.log.error({ job: this.job.id, item: index, err: outcome.error }, "An item failed unexpectedly");
    }
    const failure = { state: "failed", code, message, retryable } as const;
    return { index, outcome: failure, retryInMs: retryInMs(outcome.error, attempts + 1) };
  }

  #keepLease(): NodeJS.Timeout {
    const { queue, owner, leaseMs } = this.parts;
    let renewedMs = performance.now();
    const renew = async () => {
      const kept = await queue.renew(this.job.id, owner, leaseMs, this.#rate.perSecond).catch(() => null);
      if (kept !== null) renewedMs = performance.now();
      if (kept === false) this.windUp();
      if (kept === null && performance.now() - renewedMs > leaseMs) this.drop();
    };
    return setInterval(() => void renew(), leaseMs / 4);
  }

  /** The ledger's answer, asked for again while the ledger is away; undefined when that is given up. */
  async #patiently<T>(what: string, ask: () => Promise<T>): Promise<T | undefined> {
    while (!this.#dropped.signal.aborted) {
      try {
        return await ask();
      } catch (error) {
        this.parts.log.warn({ job: this.job.id, err: error }, `A job could not ${what}; it is tried again`);
        await pause(LEDGER_PAUSE_MS, undefined, { signal: this.#dropped.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }
}

const hopeless = new AppError(
  "INTERNAL_SERVER_ERROR",
  "The server died again and again while it worked on this item, which seems to be the cause. Leave it out.",
);

const toOutcome = (item: Ingested): ItemOutcome =>
  item.kind === "duplicate"
    ? { state: "duplicate", documentId: item.document.id }
    : { state: "ingested", documentId: item.document.id, created: item.created };
