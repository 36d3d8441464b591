/** Many may hold it shared, or one alone; whoever comes first goes first. */
export class SharedLock {
  #shared: Promise<unknown>[] = [];
  #alone: Promise<unknown> = Promise.resolve();

  share<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#alone.then(work);
    this.#shared.push(done.catch(() => undefined));
    return done;
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    const before = [this.#alone, ...this.#shared.splice(0)];
    const done = Promise.all(before).then(work);
    this.#alone = done.catch(() => undefined);
    return done;
  }
}
