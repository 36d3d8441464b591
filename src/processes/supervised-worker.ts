import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../errors";
import { LivingChild, type LivingChildOptions } from "./living-child";
import { UrgentQueue } from "./urgent-queue";
import type { WorkerChild } from "./worker-child";

const CLOSE_GRACE_MS = 5_000;

export interface WorkerOptions<I> extends LivingChildOptions {
  readonly init: I;
  /** How long one call may take, from when the child gets it. */
  readonly deadlineMs: number;
}

/** A child process that answers requests and is started again when it dies. */
export interface Worker<R, Q, A> {
  /** What the first child announced itself with. */
  readonly ready: R;
  /** Of the child that can be called now; null between two. */
  readonly pid: number | null;
  /**
   * Resolves with the child's answer. Calls are sent one at a time, in order, so that a death concerns one call only:
   * it throws ChildDied, the others wait for the restart. Throws the AppError of the child, WORKER_UNAVAILABLE while
   * the restart budget is spent, SHUTTING_DOWN after `close`. Urgent calls are sent before those that are not.
   */
  call(request: Q, urgent?: boolean): Promise<A>;
  /** Lets waiting calls finish for some seconds, then ends the child. */
  close(): Promise<void>;
}

/** Starts a supervised child. Throws what the child's `start` threw, or INTERNAL_SERVER_ERROR with its last lines. */
export async function startWorker<I, R, Q, A>(options: WorkerOptions<I>): Promise<Worker<R, Q, A>> {
  const worker = new SupervisedWorker<R, Q, A>(options);
  await worker.start();
  return worker;
}

interface Call<Q, A> {
  readonly request: Q;
  readonly urgent: boolean;
  resolve(answer: A): void;
  reject(error: unknown): void;
}

class SupervisedWorker<R, Q, A> implements Worker<R, Q, A> {
  readonly #name: string;
  readonly #deadlineMs: number;
  readonly #child: LivingChild;
  readonly #waiting = new UrgentQueue<Call<Q, A>>();
  #ready: R | undefined;
  #running: Promise<void> | null = null;
  #closed: Promise<void> | null = null;

  constructor(options: WorkerOptions<unknown>) {
    this.#name = options.name;
    this.#deadlineMs = options.deadlineMs;
    this.#child = new LivingChild(options, () => this.#next());
  }

  get ready(): R {
    return this.#ready as R;
  }

  get pid(): number | null {
    return this.#child.current?.pid ?? null;
  }

  async start(): Promise<void> {
    this.#ready = await this.#child.start<R>();
  }

  call(request: Q, urgent = false): Promise<A> {
    if (this.#closed !== null) return Promise.reject(this.#shuttingDown());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, urgent, resolve, reject });
      this.#next();
    });
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#shut());
  }

  #next(): void {
    const { current, outage } = this.#child;
    if (outage !== null) this.#rejectWaiting(outage);
    if (this.#running !== null || current === null) return;
    const call = this.#waiting.shift();
    if (call !== undefined) this.#running = this.#perform(call, current);
  }

  async #perform({ request, resolve, reject }: Call<Q, A>, child: WorkerChild): Promise<void> {
    try {
      resolve(await child.ask<A>(request, this.#deadlineMs));
      this.#child.succeeded();
    } catch (error) {
      reject(error);
    }
    this.#running = null;
    this.#next();
  }

  async #shut(): Promise<void> {
    const grace = new AbortController();
    await Promise.race([this.#drain(), pause(CLOSE_GRACE_MS, undefined, { signal: grace.signal })]);
    grace.abort();
    this.#rejectWaiting(this.#shuttingDown());
    await this.#child.end();
  }

  async #drain(): Promise<void> {
    while (this.#running !== null || this.#waiting.length > 0) await (this.#running ?? pause(20));
  }

  #rejectWaiting(error: AppError): void {
    for (const { reject } of this.#waiting.empty()) reject(error);
  }

  #shuttingDown(): AppError {
    return new AppError("SHUTTING_DOWN", `The ${this.#name} is closed.`);
  }
}
