interface Host {
  running: number;
  /** First come, first served. */
  readonly waiting: (() => void)[];
}

/** Lets at most `perHost` pieces of work run at once for each host; the others wait for their turn. */
export class HostSlots {
  readonly #hosts = new Map<string, Host>();

  constructor(private readonly perHost: number) {}

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    await this.#take(name);
    try {
      return await work();
    } finally {
      this.#give(name);
    }
  }

  async #take(name: string): Promise<void> {
    const host = this.#hosts.get(name) ?? { running: 0, waiting: [] };
    this.#hosts.set(name, host);
    if (host.running < this.perHost) host.running++;
    else await new Promise<void>((turn) => host.waiting.push(turn));
  }

  /** A slot goes straight to who has waited longest: nobody slips in between. */
  #give(name: string): void {
    const host = this.#hosts.get(name)!;
    const next = host.waiting.shift();
    if (next) next();
    else if (--host.running === 0) this.#hosts.delete(name);
  }
}
