/** Fewer rows are searched fast enough as they are. */
const WORTH_FLUSHING = 256;
/** So many are flushed also while writing goes on. */
const FLUSH_AT_ONCE = 4_096;
const IDLE_MS = 500;

/**
 * Flushes what was written as soon as writing pauses. Milvus Lite searches rows that are not flushed one by one in
 * Python: 2,000 of them take 20 times as long as flushed ones.
 */
export class IdleFlush {
  #rows = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `flush` is called again after the next writes if it fails. */
  constructor(private readonly flush: () => Promise<void>) {}

  wrote(rows: number): void {
    this.#rows += rows;
    clearTimeout(this.#timer);
    if (this.#rows < WORTH_FLUSHING) return;
    const waitMs = this.#rows < FLUSH_AT_ONCE ? IDLE_MS : 0;
    this.#timer = setTimeout(() => void this.#run(), waitMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    const rows = this.#rows;
    this.#rows = 0;
    await this.flush().catch(() => (this.#rows += rows));
  }
}
