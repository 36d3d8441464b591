import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { JobLedger } from "../../ports/ledger";
import { ByteBudget } from "./byte-budget";
import { JobRun, type JobRunParts } from "./job-run";

/** Jobs that one server works on at the same time. */
const JOBS_AT_ONCE = 4;
/** Bytes of pictures that all of them hold in memory. */
const BUDGET_BYTES = 256 * 1024 * 1024;
const LOOK_EVERY_MS = 1_000;
const PRUNE_EVERY_MS = 3_600_000;

export interface JobRunnerOptions extends Omit<JobRunParts, "job" | "owner" | "budget"> {
  readonly jobs: JobLedger;
  /** How long finished jobs are remembered. */
  readonly keepMs: number;
  /** How long items in work may take to end when the server stops. */
  readonly gracePeriodMs: number;
}

/** Looks for jobs without a living owner and works on them, until it is stopped. */
export class JobRunner {
  readonly #budget: ByteBudget;
  readonly #runs = new Map<JobRun, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #looking: Promise<void>;
  #nudge = new AbortController();
  #prunedMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: JobRunnerOptions) {
    this.#budget = new ByteBudget(Math.max(BUDGET_BYTES, options.maxImageBytes));
    this.#looking = this.#look();
  }

  /** There is a new job: look at once. */
  nudge(): void {
    this.#nudge.abort();
  }

  /** Takes nothing more, waits for what is in work, gives the jobs back. Another server, or the next start, goes on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.nudge();
    await this.#looking;
    const done = Promise.all(this.#runs.values());
    for (const run of this.#runs.keys()) run.windUp();
    const waited = new AbortController();
    await Promise.race([done, pause(this.options.gracePeriodMs, undefined, { signal: waited.signal })]);
    waited.abort();
    // What still hangs in another part ends when that part is closed.
    for (const run of this.#runs.keys()) run.drop();
  }

  async #look(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#nudge = new AbortController();
      const found = await this.#claimAndPrune().catch((error: unknown) => {
        this.options.log.warn({ err: error }, "The ledger could not be asked for jobs; it is tried again");
        return false;
      });
      if (!found) await pause(LOOK_EVERY_MS, undefined, { signal: this.#nudge.signal }).catch(() => undefined);
    }
  }

  async #claimAndPrune(): Promise<boolean> {
    const { jobs, queue, leaseMs, keepMs } = this.options;
    if (performance.now() - this.#prunedMs > PRUNE_EVERY_MS) {
      await jobs.prune(new Date(Date.now() - keepMs));
      this.#prunedMs = performance.now();
    }
    if (this.#runs.size >= JOBS_AT_ONCE) return false;
    // An owner for each run: one that lost its lease while the process stood still must not pass for its successor.
    const owner = randomUUID();
    const job = await queue.claim(owner, leaseMs);
    if (job === null) return false;
    const run = new JobRun({ ...this.options, job, owner, budget: this.#budget });
    const done = run.run().finally(() => {
      this.#runs.delete(run);
      this.nudge();
    });
    this.#runs.set(run, done);
    return true;
  }
}
