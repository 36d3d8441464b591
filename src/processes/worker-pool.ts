import type { Log } from "../log";
import { hasLeft, type Gone, type Queued } from "../ports/gone";
import type { Worker } from "./supervised-worker";
import { UrgentQueue } from "./urgent-queue";

/** Several equal workers behind one door. */
export interface WorkerPool<Q, A> {
  /** Of the children that can be called now. */
  readonly pids: readonly number[];
  /** As `Worker.call`, by the next worker that is free. Throws the reason of who is `gone` before its turn. */
  call(request: Q, urgent?: boolean, gone?: Gone | null): Promise<A>;
  close(): Promise<void>;
}

export interface PoolOptions<R, Q, A> {
  /** How many workers there are at most. */
  readonly size: number;
  readonly startOne: () => Promise<Worker<R, Q, A>>;
  readonly log: Log;
}

/** Starts one worker, and others when there is more to do than those there are can. Throws what the first one's start throws. */
export async function startPool<R, Q, A>(options: PoolOptions<R, Q, A>): Promise<WorkerPool<Q, A>> {
  return new GrowingPool(await options.startOne(), options);
}

interface Call<Q, A> extends Queued {
  readonly request: Q;
  readonly urgent: boolean;
  resolve(answer: Promise<A>): void;
}

interface Slot<R, Q, A> {
  readonly worker: Worker<R, Q, A>;
  calls: number;
}

class GrowingPool<R, Q, A> implements WorkerPool<Q, A> {
  readonly #slots: Slot<R, Q, A>[] = [];
  readonly #queue = new UrgentQueue<Call<Q, A>>();
  #growing: Promise<void> | null = null;
  /** Whether another worker may be started: none that was failed to, and this is open. */
  #mayGrow = true;
  #isClosed = false;

  constructor(
    first: Worker<R, Q, A>,
    private readonly options: PoolOptions<R, Q, A>,
  ) {
    this.#slots.push({ worker: first, calls: 0 });
  }

  get pids(): readonly number[] {
    return this.#slots.flatMap(({ worker }) => worker.pid ?? []);
  }

  call(request: Q, urgent = false, gone: Gone | null = null): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, urgent, gone, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#mayGrow = false;
    await this.#growing;
    this.#next();
    await Promise.all(this.#slots.map(({ worker }) => worker.close()));
  }

  /** Hands out what waits: a call to each free worker, and when this closes all of it, since workers finish what they have. */
  #next(): void {
    while (this.#queue.length > 0) {
      const slot = this.#isClosed ? this.#slots[this.#queue.length % this.#slots.length] : this.#free();
      if (slot === undefined) return this.#grow();
      const call = this.#queue.shift()!;
      if (!hasLeft(call)) void this.#run(slot, call);
    }
  }

  /** One that is being restarted has nothing to do, but is the last to ask. */
  #free(): Slot<R, Q, A> | undefined {
    const alive = this.#slots.filter(({ worker }) => worker.pid !== null);
    return (alive.length > 0 ? alive : this.#slots).find(({ calls }) => calls === 0);
  }

  async #run(slot: Slot<R, Q, A>, { request, urgent, resolve }: Call<Q, A>): Promise<void> {
    slot.calls++;
    const answer = slot.worker.call(request, urgent);
    resolve(answer);
    await answer.catch(() => undefined);
    slot.calls--;
    this.#next();
  }

  #grow(): void {
    if (this.#growing !== null || !this.#mayGrow || this.#slots.length >= this.options.size) return;
    this.#growing = this.#addOne().finally(() => {
      this.#growing = null;
      this.#next();
    });
  }

  async #addOne(): Promise<void> {
    try {
      this.#slots.push({ worker: await this.options.startOne(), calls: 0 });
    } catch (err) {
      this.#mayGrow = false;
      this.options.log.warn({ err }, `Another process could not be started; going on with ${this.#slots.length}`);
    }
  }
}
