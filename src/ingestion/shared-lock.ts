/** Many may hold it shared, or one alone; whoever comes first goes first. */
export class SharedLock {
  readonly #shared = new Set<Promise<unknown>>();
  #alone: Promise<unknown> = Promise.resolve();

  share<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#alone.then(work);
    const settled: Promise<unknown> = done.catch(() => undefined).finally(() => this.#shared.delete(settled));
    this.#shared.add(settled);
    return done;
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    const before = [this.#alone, ...this.#shared];
    const done = Promise.all(before).then(work);
    this.#alone = done.catch(() => undefined);
    return done;
  }
}
