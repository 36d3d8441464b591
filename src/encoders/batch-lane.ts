import { succeeded, type Outcome } from "../errors";
import type { Embedding } from "../ports/encoder";
import { hasLeft, type Gone, type Queued } from "../ports/gone";

/** Weight of the last batch in what a unit takes. */
const LAST_BATCH = 0.3;

interface Waiting<T> extends Queued {
  readonly item: T;
  readonly since: number;
  resolve(outcome: Outcome<Embedding>): void;
}

/** Items of one kind and role, waiting to be encoded together. */
export class BatchLane<T> {
  readonly #waiting: Waiting<T>[] = [];
  /** Milliseconds that a unit takes; null: no batch tells yet. */
  #pace: number | null = null;

  /** `unitsOf`: how much work an item is, beside others. */
  constructor(
    private readonly encode: (items: readonly T[]) => Promise<Outcome<Embedding>[]>,
    private readonly maxItems: number,
    private readonly unitsOf: (item: T) => number,
  ) {}

  /** Of the item in front, milliseconds on a clock of the process; null: the lane is empty. */
  get waitingSince(): number | null {
    return this.#waiting[0]?.since ?? null;
  }

  /** Throws the reason of who is `gone` before the item's turn. */
  add(item: T, gone: Gone | null): Promise<Outcome<Embedding>> {
    const since = performance.now();
    return new Promise((resolve, reject) => this.#waiting.push({ item, gone, since, resolve, reject }));
  }

  /** `budgetMs`: how long it may take, about; one item at the least, where anybody waits. */
  async runBatch(budgetMs: number): Promise<void> {
    const { batch, units } = this.#take(budgetMs);
    if (batch.length === 0) return;
    const began = performance.now();
    try {
      const outcomes = await this.encode(batch.map(({ item }) => item));
      const pace = (performance.now() - began) / units;
      this.#pace = this.#pace === null ? pace : (1 - LAST_BATCH) * this.#pace + LAST_BATCH * pace;
      batch.forEach(({ resolve, since }, i) => resolve(queued(outcomes[i]!, began - since)));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  #take(budgetMs: number): { batch: Waiting<T>[]; units: number } {
    const most = this.#pace === null ? Infinity : budgetMs / this.#pace;
    const batch: Waiting<T>[] = [];
    let [passed, units] = [0, 0];
    for (const one of this.#waiting) {
      if (!hasLeft(one)) {
        const more = units + this.unitsOf(one.item);
        if (batch.length === this.maxItems || (batch.length > 0 && more > most)) break;
        batch.push(one);
        units = more;
      }
      passed++;
    }
    this.#waiting.splice(0, passed);
    return { batch, units };
  }
}

const queued = (outcome: Outcome<Embedding>, queuedMs: number): Outcome<Embedding> =>
  outcome.ok ? succeeded({ vector: outcome.value.vector, truncated: outcome.value.truncated, queuedMs }) : outcome;
