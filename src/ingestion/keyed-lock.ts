/** Work that shares a name waits for each other, in the order in which it came; other work goes on side by side. */
export class KeyedLock {
  readonly #last = new Map<string, Promise<void>>();

  async hold<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const own = [...new Set(names)];
    const before = own.map((name) => this.#last.get(name));
    const { promise: done, resolve: letGo } = withResolvers();
    for (const name of own) this.#last.set(name, done);
    try {
      await Promise.all(before);
      return await work();
    } finally {
      letGo();
      for (const name of own) if (this.#last.get(name) === done) this.#last.delete(name);
    }
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
