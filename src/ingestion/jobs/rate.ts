const WINDOW_MS = 10_000;

/** Items a second, over the last ten seconds or since the first item where that is less. */
export class Rate {
  readonly #startedMs: number;
  #done: { readonly atMs: number; readonly items: number }[] = [];

  constructor(private readonly nowMs: () => number = () => performance.now()) {
    this.#startedMs = nowMs();
  }

  /** Of an item that takes long, a share each time. */
  add(items: number): void {
    this.#done.push({ atMs: this.nowMs(), items });
  }

  /** Null while there is nothing to tell from. */
  get perSecond(): number | null {
    const now = this.nowMs();
    this.#done = this.#done.filter(({ atMs }) => atMs > now - WINDOW_MS);
    const items = this.#done.reduce((sum, one) => sum + one.items, 0);
    const seconds = Math.min(now - this.#startedMs, WINDOW_MS) / 1_000;
    return seconds < 0.2 ? null : items / seconds;
  }
}
