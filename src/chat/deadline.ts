/** A signal that is aborted when the time is over or when one of others is; `end` lets go of all of them. */
export class Deadline {
  readonly #aborting = new AbortController();
  readonly #endsAtMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #abort = () => this.#aborting.abort();

  constructor(
    timeoutMs: number,
    private readonly others: readonly AbortSignal[],
  ) {
    this.#endsAtMs = performance.now() + timeoutMs;
    this.#timer = setTimeout(this.#abort, timeoutMs);
    for (const other of others) {
      if (other.aborted) this.#abort();
      else other.addEventListener("abort", this.#abort);
    }
  }

  get signal(): AbortSignal {
    return this.#aborting.signal;
  }

  get leftMs(): number {
    return this.#endsAtMs - performance.now();
  }

  end(): void {
    clearTimeout(this.#timer);
    for (const other of this.others) other.removeEventListener("abort", this.#abort);
  }
}
