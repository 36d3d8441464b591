import { AppError } from "../../src/errors";

/** A process that dies when it comes to a point for the n-th time: from then on nothing that it calls happens. */
export class Life {
  readonly died: Promise<void>;
  #die!: () => void;
  #dead = false;
  #met = 0;

  constructor(
    private readonly point: string | null,
    private readonly count = 1,
  ) {
    this.died = new Promise((resolve) => (this.#die = resolve));
  }

  get isOver(): boolean {
    return this.#dead;
  }

  /** A part as this process calls it; `points` names what is before and after its methods. */
  share<T extends object>(part: T, points: Readonly<Record<string, readonly [before: string, after: string]>>): T {
    return new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        const [before, after] = points[String(name)] ?? ["", ""];
        return async (...args: unknown[]) => {
          this.#come(before);
          const result: unknown = await value.apply(target, args);
          this.#come(after);
          return result;
        };
      },
    });
  }

  #come(to: string): void {
    if (to === this.point && ++this.#met === this.count) {
      this.#dead = true;
      this.#die();
    }
    if (this.#dead) throw new AppError("SHUTTING_DOWN", "Dead.");
  }
}
