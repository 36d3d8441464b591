const FREE_RESTARTS = 2;
const FIRST_BACK_OFF_MS = 100;
const MAX_BACK_OFF_MS = 5_000;

/** How many restarts within how long are taken as accidents. */
export interface RestartBudget {
  readonly restarts: number;
  readonly perMs: number;
}

/** What to do after a death: wait this long, then start again; `exhausted`: refuse work meanwhile. */
export interface RestartDecision {
  readonly waitMs: number;
  readonly exhausted: boolean;
}

/**
 * When a child that died is started again: at once, with a growing pause when deaths follow each other without a
 * success between them, and, over the budget, when the oldest death has left the budget's time.
 */
export class RestartPolicy {
  #deaths: number[] = [];
  #deathsInARow = 0;

  constructor(
    readonly budget: RestartBudget,
    readonly nowMs: () => number = () => performance.now(),
  ) {}

  died(): RestartDecision {
    const now = this.nowMs();
    this.#deaths = [...this.#deaths.filter((death) => now - death < this.budget.perMs), now];
    this.#deathsInARow = Math.min(this.#deathsInARow + 1, this.#deaths.length);
    const excess = this.#deaths.length - this.budget.restarts;
    return excess > 0
      ? { waitMs: this.#deaths[excess - 1]! + this.budget.perMs - now, exhausted: true }
      : { waitMs: this.#backOffMs(), exhausted: false };
  }

  succeeded(): void {
    this.#deathsInARow = 0;
  }

  #backOffMs(): number {
    const doublings = this.#deathsInARow - FREE_RESTARTS - 1;
    return doublings < 0 ? 0 : Math.min(FIRST_BACK_OFF_MS * 2 ** doublings, MAX_BACK_OFF_MS);
  }
}
