import type { Job } from "../../ports/ledger";

const POLL_EVERY_MS = 250;

/** A job's state for many who watch it: one look at the ledger for all of them, none when nobody watches. */
export class Progress {
  readonly #watched = new Map<string, Watched>();

  /** `load` looks a job up; null: it is gone. */
  constructor(private readonly load: (tenant: string, id: string) => Promise<Job | null>) {}

  /** How many jobs are looked at now. */
  get watched(): number {
    return this.#watched.size;
  }

  /** Gives the job as it is now, then what it becomes, newest only; ends with the job, or with `return`. */
  watch(now: Job): AsyncIterableIterator<Job> {
    const name = `${now.tenant} ${now.id}`;
    const watched = this.#watched.get(name) ?? new Watched(() => this.load(now.tenant, now.id));
    this.#watched.set(name, watched);
    return new Watcher(now, watched, () => {
      if (watched.leave()) this.#watched.delete(name);
    });
  }

  /** Ends every watcher. */
  close(): void {
    for (const watched of this.#watched.values()) watched.end();
    this.#watched.clear();
  }
}

type Listener = (job: Job | null) => void;

/** One job that is looked at as long as somebody listens. */
class Watched {
  readonly listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #watchers = 0;
  #ended = false;
  #last = "";

  constructor(private readonly load: () => Promise<Job | null>) {}

  join(listener: Listener): void {
    this.#watchers++;
    this.listeners.add(listener);
    if (this.#ended) listener(null);
    else this.#timer ??= setTimeout(() => void this.#look(), POLL_EVERY_MS);
  }

  /** True when the last one has left. */
  leave(): boolean {
    if (--this.#watchers > 0) return false;
    this.end();
    return true;
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    for (const listener of this.listeners) listener(null);
  }

  async #look(): Promise<void> {
    // While the ledger is away nothing is known to have changed.
    const job = await this.load().catch(() => undefined);
    if (this.#ended) return;
    if (job === null) return this.end();
    const state = JSON.stringify(job);
    if (job !== undefined && state !== this.#last) {
      this.#last = state;
      for (const listener of this.listeners) listener(job);
    }
    this.#timer = setTimeout(() => void this.#look(), POLL_EVERY_MS);
  }
}

/**
 * One watcher's view: at most one state waits for it, the newest. Written out, since a generator that waits cannot be ended
 * from outside before what it waits for comes.
 */
class Watcher implements AsyncIterableIterator<Job> {
  #next: Job | null;
  #shown = "";
  #waiting: ((result: IteratorResult<Job>) => void)[] = [];
  #over = false;
  readonly #listen = (job: Job | null) => this.#hear(job);

  constructor(
    first: Job,
    private readonly watched: Watched,
    private readonly left: () => void,
  ) {
    this.#next = first;
    watched.join(this.#listen);
  }

  next(): Promise<IteratorResult<Job>> {
    if (this.#next === null && this.#over) return Promise.resolve(END);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#give();
    });
  }

  return(): Promise<IteratorResult<Job>> {
    this.#next = null;
    this.#close();
    return Promise.resolve(END);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #hear(job: Job | null): void {
    if (this.#over) return;
    if (job === null) return this.#close();
    this.#next = job;
    this.#give();
  }

  #give(): void {
    const job = this.#next;
    if (job === null || this.#waiting.length === 0) return;
    this.#next = null;
    const state = JSON.stringify(job);
    if (state !== this.#shown) this.#waiting.shift()!({ value: job, done: false });
    this.#shown = state;
    if (job.finishedAt !== null) this.#close();
  }

  #close(): void {
    if (this.#over) return;
    this.#over = true;
    this.watched.listeners.delete(this.#listen);
    this.left();
    if (this.#next === null) for (const resolve of this.#waiting.splice(0)) resolve(END);
  }
}

const END = { value: undefined, done: true } as const;
