import type { Worker } from "./supervised-worker";

/** Several equal workers behind one door. */
export interface WorkerPool<Q, A> {
  /** Of the children that can be called now. */
  readonly pids: readonly number[];
  /** As `Worker.call`, by the worker with the least to do. */
  call(request: Q, urgent?: boolean): Promise<A>;
  close(): Promise<void>;
}

/** Starts `size` workers side by side. When one does not start, ends the others and throws its error. */
export async function startPool<R, Q, A>(
  size: number,
  startOne: () => Promise<Worker<R, Q, A>>,
): Promise<WorkerPool<Q, A>> {
  const starts = await Promise.allSettled(Array.from({ length: size }, startOne));
  const workers = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const failure = starts.find((start) => start.status === "rejected");
  if (failure === undefined) return new LeastBusyPool(workers);
  await Promise.all(workers.map((worker) => worker.close()));
  throw failure.reason;
}

class LeastBusyPool<R, Q, A> implements WorkerPool<Q, A> {
  readonly #slots: { readonly worker: Worker<R, Q, A>; calls: number }[];

  constructor(workers: readonly Worker<R, Q, A>[]) {
    this.#slots = workers.map((worker) => ({ worker, calls: 0 }));
  }

  get pids(): readonly number[] {
    return this.#slots.flatMap(({ worker }) => worker.pid ?? []);
  }

  async call(request: Q, urgent = false): Promise<A> {
    // One that is being restarted has nothing to do, but is the last to ask.
    const alive = this.#slots.filter(({ worker }) => worker.pid !== null);
    const slot = (alive.length > 0 ? alive : this.#slots).reduce((a, b) => (b.calls < a.calls ? b : a));
    slot.calls++;
    try {
      return await slot.worker.call(request, urgent);
    } finally {
      slot.calls--;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#slots.map(({ worker }) => worker.close()));
  }
}
