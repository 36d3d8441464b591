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
  /** Rereading the first hits; 0 where that was not asked for, or was done for an earlier page. */
  readonly rerankMs: number;
}

/** Adds up the time of a search's stages. */
export class Stopwatch {
  #embedMs = 0;
  #queueMs = 0;
  #storeMs = 0;
  #rankMs = 0;
  #rerankMs = 0;

  get timings(): SearchTimings {
    const embedMs = Math.max(0, this.#embedMs - this.#queueMs);
    const [queueMs, storeMs, rankMs, rerankMs] = [this.#queueMs, this.#storeMs, this.#rankMs, this.#rerankMs];
    return { embedMs, queueMs, storeMs, rankMs, rerankMs };
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

  async rerank<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    return work().finally(() => (this.#rerankMs += performance.now() - start));
  }

  rank<T>(work: () => T): T {
    const start = performance.now();
    const result = work();
    this.#rankMs += performance.now() - start;
    return result;
  }
}
