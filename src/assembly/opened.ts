import type { Log } from "../log";

type Closable = { close(): Promise<void> } | { stop(): Promise<void> };
type AllOf<P> = { -readonly [K in keyof P]: Awaited<P[K]> };

/** What has been opened or started so far, to be closed in reverse. */
export class Opened {
  readonly #closing: (() => Promise<void>)[] = [];
  #closed: Promise<void> | null = null;

  constructor(private readonly log: Log) {}

  /** Closes it before whatever was opened earlier. */
  keep<T extends Closable>(part: T): T {
    this.#closing.unshift(() => ("close" in part ? part.close() : part.stop()));
    return part;
  }

  /** What is being opened side by side, once all of it is. Where one fails the others are kept, like all that was opened. */
  async keepAll<P extends readonly Promise<Closable>[]>(opening: P): Promise<AllOf<P>> {
    const ends = await Promise.allSettled(opening);
    for (const end of ends) if (end.status === "fulfilled") this.keep(end.value);
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
    return Promise.all(opening) as unknown as AllOf<P>;
  }

  /** Closes all of it; what does not close as it should is logged, and the rest closed. Idempotent. */
  close(): Promise<void> {
    return (this.#closed ??= this.#closeAll());
  }

  async #closeAll(): Promise<void> {
    for (const close of this.#closing.splice(0)) {
      await close().catch((error: unknown) => this.log.warn({ err: error }, "Something did not close as it should"));
    }
  }
}
