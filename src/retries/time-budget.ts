/** What `run` throws once the time is spent. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

/** Time that steps of one piece of work share: only what passes within `run` is spent. Steps come one after another. */
export class TimeBudget {
  constructor(private remainingMs: number) {}

  get leftMs(): number {
    return this.remainingMs;
  }

  /** A step ends with the budget even where it does not heed the signal. */
  async run<T>(step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = new AbortController();
    const expired = new Promise<never>((_, reject) => {
      late.signal.addEventListener("abort", () => reject(late.signal.reason as Error));
    });
    const startedMs = performance.now();
    const timer = setTimeout(() => late.abort(new OutOfTime()), this.remainingMs);
    try {
      return await Promise.race([step(late.signal), expired]);
    } finally {
      clearTimeout(timer);
      this.remainingMs = Math.max(0, this.remainingMs - (performance.now() - startedMs));
    }
  }
}
