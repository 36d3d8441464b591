import { setTimeout as pause } from "node:timers/promises";
import { AppError, toAppError } from "../errors";
import { type RestartBudget, type RestartDecision, RestartPolicy } from "./restart-policy";
import { WorkerChild, type WorkerChildOptions } from "./worker-child";

export interface LivingChildOptions extends WorkerChildOptions {
  /** What `serveRequests` hands to the child's `start`, on every start. */
  readonly init: unknown;
  readonly startTimeoutMs: number;
  readonly restartBudget: RestartBudget;
}

/** A child that is started again whenever it dies: which process it is at the moment, and whether it can be asked. */
export class LivingChild {
  readonly #options: LivingChildOptions;
  readonly #policy: RestartPolicy;
  readonly #closing = new AbortController();
  readonly #onChange: () => void;
  #process: WorkerChild;
  #up = false;
  #outage: AppError | null = null;

  /** `onChange` is called when the child has come up again and when an outage begins. */
  constructor(options: LivingChildOptions, onChange: () => void) {
    this.#options = options;
    this.#onChange = onChange;
    this.#policy = new RestartPolicy(options.restartBudget);
    this.#process = new WorkerChild(options);
  }

  /** The process that can be asked now; null while there is none. */
  get current(): WorkerChild | null {
    return this.#up && this.#process.alive ? this.#process : null;
  }

  /** Why nothing can be asked for some time: the restart budget is spent. */
  get outage(): AppError | null {
    return this.#outage;
  }

  /** Starts the first process and keeps one alive from then on. Throws what its `start` threw. */
  async start<R>(): Promise<R> {
    const ready = await this.#introduce<R>();
    void this.#keepAlive();
    return ready;
  }

  /** An answer came: deaths before it and after it do not belong together. */
  succeeded(): void {
    this.#policy.succeeded();
  }

  async end(): Promise<void> {
    this.#closing.abort();
    this.#up = false;
    await this.#process.end();
  }

  async #introduce<R>(): Promise<R> {
    const { name, init, startTimeoutMs } = this.#options;
    try {
      const ready = await this.#process.ask<R>(init, startTimeoutMs);
      this.#up = true;
      return ready;
    } catch (error) {
      await this.#process.end();
      const story = `${(error as Error).message}${await this.#process.lastLines()}`;
      throw toAppError(error, "INTERNAL_SERVER_ERROR", `The ${name} process did not start: ${story}`);
    }
  }

  async #keepAlive(): Promise<void> {
    const { name, log } = this.#options;
    for (;;) {
      const { reason, message } = await this.#process.died;
      this.#up = false;
      if (this.#closing.signal.aborted) return;
      const decision = this.#policy.died();
      log.warn({ child: name, reason, ...decision }, message);
      await this.#restart(decision);
    }
  }

  async #restart({ waitMs, exhausted }: RestartDecision): Promise<void> {
    const { name, log } = this.#options;
    if (exhausted) this.#beginOutage(waitMs);
    await pause(waitMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    if (this.#closing.signal.aborted) return;
    this.#process = new WorkerChild(this.#options);
    try {
      await this.#introduce();
      this.#outage = null;
      this.#onChange();
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      log.error({ child: name, err: error }, "A child could not be started again");
    }
  }

  #beginOutage(waitMs: number): void {
    const seconds = Math.ceil(waitMs / 1_000);
    this.#outage = new AppError(
      "WORKER_UNAVAILABLE",
      `The ${this.#options.name} process keeps dying; it is started again in ${seconds} s.`,
    );
    this.#onChange();
  }
}
