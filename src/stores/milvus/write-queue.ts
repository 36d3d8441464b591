/**
 * Runs writes one after another, in the order in which they were asked for. Parallel upserts to one collection corrupt
 * Milvus Lite's write-ahead log; a single writer never lost a row.
 */
export class WriteQueue {
  #tail: Promise<unknown> = Promise.resolve();

  run<T>(write: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(write);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when everything queued so far is done. */
  async idle(): Promise<void> {
    await this.#tail;
  }
}
