import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../log";
import type { ClaimedItem, ItemIntention, Job, JobQueue, PagesProgress, SettledItem } from "../../ports/ledger";

/** Between two tries to reach the ledger. */
const LEDGER_PAUSE_MS = 1_000;

export interface JobLeaseParts {
  readonly queue: JobQueue;
  readonly job: Pick<Job, "id" | "tenant">;
  readonly owner: string;
  readonly leaseMs: number;
  readonly log: Log;
}

/**
 * A job as the one that holds its lease sees it. While the ledger is away it is asked again and again, until the lease is
 * given up; then calls resolve with nothing done.
 */
export class JobLease {
  readonly #givenUp = new AbortController();

  constructor(private readonly parts: JobLeaseParts) {}

  get isGivenUp(): boolean {
    return this.#givenUp.signal.aborted;
  }

  /** Stops waiting for the ledger. What was taken is given to another owner when the lease ends. */
  giveUp(): void {
    this.#givenUp.abort();
  }

  /**
   * Renews the lease until the returned function is called. `onEnded`: the job is cancelled or another's; `onLost`: the
   * ledger was away for longer than the lease, so that it may be another's.
   */
  keep(rate: () => number | null, { onEnded, onLost }: { onEnded(): void; onLost(): void }): () => void {
    const { queue, job, owner, leaseMs } = this.parts;
    let renewedMs = performance.now();
    const renew = async () => {
      const kept = await queue.renew(job.id, owner, leaseMs, rate()).catch(() => null);
      if (kept !== null) renewedMs = performance.now();
      if (kept === false) onEnded();
      if (kept === null && performance.now() - renewedMs > leaseMs) onLost();
    };
    const timer = setInterval(() => void renew(), leaseMs / 4);
    return () => clearInterval(timer);
  }

  async take(limit: number): Promise<ClaimedItem[]> {
    const { queue, job, owner } = this.parts;
    return (await this.#patiently("take items", () => queue.take(job.id, owner, limit))) ?? [];
  }

  async untilDue(): Promise<number | null> {
    return (await this.#patiently("look for items", () => this.parts.queue.untilDue(this.parts.job.id))) ?? null;
  }

  /** False: the job is another's, or was given up: nothing must be created. */
  intend(intents: readonly ItemIntention[]): Promise<boolean> {
    const { queue, job, owner } = this.parts;
    return this.#noted("note what is created", () => queue.intend(job.id, owner, intents));
  }

  /** Of a PDF that was taken; false as of `intend`. */
  notePages(index: number, progress: PagesProgress): Promise<boolean> {
    const { queue, job, owner } = this.parts;
    return this.#noted("note how far a PDF is", () => queue.notePages(job.id, owner, index, progress));
  }

  async settle(results: readonly SettledItem[]): Promise<void> {
    const { queue, job, owner } = this.parts;
    await this.#patiently("settle items", () => queue.settle(job.id, owner, results));
  }

  async release(): Promise<void> {
    await this.#patiently("give the job back", () => this.parts.queue.release(this.parts.job.id, this.parts.owner));
  }

  async #noted(what: string, note: () => Promise<boolean>): Promise<boolean> {
    return (await this.#patiently(what, note)) === true && !this.isGivenUp;
  }

  async #patiently<T>(what: string, ask: () => Promise<T>): Promise<T | undefined> {
    while (!this.isGivenUp) {
      try {
        const answer = await ask();
        // A ledger in a file answers at once, so that a job of items that fail at once would never let go of the event loop.
        await nextTurn();
        return answer;
      } catch (error) {
        this.parts.log.warn({ job: this.parts.job.id, err: error }, `A job could not ${what}; it is tried again`);
        await pause(LEDGER_PAUSE_MS, undefined, { signal: this.#givenUp.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }
}
