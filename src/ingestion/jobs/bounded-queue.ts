/** A queue between two stages of a pipeline: whoever puts waits while it is full, whoever takes waits while it is empty. */
export class BoundedQueue<T extends object> {
  readonly #items: T[] = [];
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(private readonly capacity: number) {}

  /** Resolves when the item has found room; false: the queue was closed before. */
  async put(item: T): Promise<boolean> {
    while (this.#items.length >= this.capacity && !this.#closed) await this.#change();
    if (this.#closed) return false;
    this.#items.push(item);
    this.#changed();
    return true;
  }

  /** The next item; undefined when the queue is closed and empty. */
  async take(): Promise<T | undefined> {
    while (this.#items.length === 0 && !this.#closed) await this.#change();
    const item = this.#items.shift();
    this.#changed();
    return item;
  }

  /** At least one item and at most `most`: what comes within `waitMs` of the first. Empty when the queue is closed. */
  async takeBatch(most: number, waitMs: number): Promise<T[]> {
    const first: T | undefined = await this.take();
    if (first === undefined) return [];
    const batch: T[] = [first];
    const deadline = performance.now() + waitMs;
    for (;;) {
      batch.push(...this.#items.splice(0, most - batch.length));
      this.#changed();
      const leftMs = deadline - performance.now();
      if (batch.length === most || this.#closed || leftMs <= 0) return batch;
      await this.#change(leftMs);
    }
  }

  /** No more is put; what is there can still be taken. */
  close(): void {
    this.#closed = true;
    this.#changed();
  }

  /** Closes it and hands over what is there. */
  abandon(): T[] {
    this.close();
    return this.#items.splice(0);
  }

  #changed(): void {
    for (const wake of this.#waiting) wake();
  }

  #change(withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(() => wake(), withinMs);
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}
