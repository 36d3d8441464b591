/** First come, first served, but what is urgent before what is not. */
export class UrgentQueue<T extends { readonly urgent: boolean }> {
  readonly #waiting: T[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  push(one: T): void {
    const place = one.urgent ? this.#waiting.findIndex(({ urgent }) => !urgent) : -1;
    this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, one);
  }

  shift(): T | undefined {
    return this.#waiting.shift();
  }

  /** All that waits, which waits no longer. */
  empty(): T[] {
    return this.#waiting.splice(0);
  }
}
