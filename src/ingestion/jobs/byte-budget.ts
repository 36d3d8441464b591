/** Bytes that may be held in memory at once; whoever wants more waits, in turn. */
export class ByteBudget {
  #free: number;
  readonly #waiting: { readonly bytes: number; grant(): void }[] = [];

  constructor(private readonly bytes: number) {
    this.#free = bytes;
  }

  /** Resolves with how many were granted: what was asked for, at most the whole budget. */
  acquire(bytes: number): Promise<number> {
    const wanted = Math.min(bytes, this.bytes);
    return new Promise((resolve) => {
      this.#waiting.push({ bytes: wanted, grant: () => resolve(wanted) });
      this.#grant();
    });
  }

  release(bytes: number): void {
    this.#free += bytes;
    this.#grant();
  }

  #grant(): void {
    while (this.#waiting.length > 0 && this.#waiting[0]!.bytes <= this.#free) {
      const next = this.#waiting.shift()!;
      this.#free -= next.bytes;
      next.grant();
    }
  }
}
