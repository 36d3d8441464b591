/** Where the time of one search went, in milliseconds. */
export interface SearchTimings {
  /** Until the query was a vector, without waiting for company. */
  readonly embedMs: number;
  /** Waiting for the encoder to be free, or for others to share its run with. */
  readonly queueMs: number;
  /** Milvus: neighbours and keyword matches. */
  readonly storeMs: number;
  /** Scoring and ordering. */
  readonly rankMs: number;
}

/** Adds up the time of a search's stages. */
export class Stopwatch {
  #embedMs = 0;
  #queueMs = 0;
  #storeMs = 0;
  #rankMs = 0;

  get timings(): SearchTimings {
    const embedMs = Math.max(0, this.#embedMs - this.#queueMs);
    return { embedMs, queueMs: this.#queueMs, storeMs: this.#storeMs, rankMs: this.#rankMs };
  }

  queued(ms: number): void {
    this.#queueMs += ms;
  }

  async embed<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    return work().finally(() => (this.#embedMs += performance.now() - start));
  }

  async store<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    return work().finally(() => (this.#storeMs += performance.now() - start));
  }

  rank<T>(work: () => T): T {
    const start = performance.now();
    const result = work();
    this.#rankMs += performance.now() - start;
    return result;
  }
}
