import type { AnswerEvent } from "../../answers/answer";

/** What a listener is told: an event, or why there are no more. */
export type Told = AnswerEvent | { readonly kind: "failure"; readonly error: unknown };

const END = { value: undefined, done: true } as const;

/**
 * An answer's events for one listener, who may leave while the next one is waited for: a generator that waits cannot be ended from
 * outside. A failure is the last event, since a stream that throws takes its whole socket with it.
 */
export class AnswerStream implements AsyncIterableIterator<Told> {
  readonly #leaving = new AbortController();
  readonly #events: AsyncGenerator<AnswerEvent, void>;
  #isOver = false;

  constructor(begin: (signal: AbortSignal) => AsyncGenerator<AnswerEvent, void>) {
    this.#events = begin(this.#leaving.signal);
  }

  async next(): Promise<IteratorResult<Told>> {
    if (this.#isOver) return END;
    try {
      const next = await this.#events.next();
      return this.#isOver || next.done ? END : next;
    } catch (error) {
      if (this.#isOver) return END;
      this.#isOver = true;
      return { value: { kind: "failure", error }, done: false };
    }
  }

  async return(): Promise<IteratorResult<Told>> {
    this.#isOver = true;
    this.#leaving.abort();
    // Ends it where it does not wait; else the signal does.
    this.#events.return().catch(() => undefined);
    return END;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
