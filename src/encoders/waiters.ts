import type { Gone } from "../ports/gone";

/** All who wait for one thing: gone once each of them is. */
export class Waiters implements Gone {
  readonly #all: (Gone | null)[] = [];

  /** Null: one who stays. */
  join(one: Gone | null): this {
    this.#all.push(one);
    return this;
  }

  get aborted(): boolean {
    return this.#all.every((one) => one?.aborted === true);
  }

  /** Of who came first. */
  get reason(): unknown {
    return this.#all[0]?.reason;
  }
}
