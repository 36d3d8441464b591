import { randomBytes } from "node:crypto";
import { AppError, type Outcome } from "../../errors";
import type { TextDocument } from "../../documents/document";
import type { Log } from "../../log";
import type { DocumentStore } from "../../ports/document-store";

const TEXTS_AT_ONCE = 100;
const TELL_EVERY_MS = 5_000;
/** An export that is restored beside this server brings long texts without passages. */
const LOOK_EVERY_MS = 600_000;
const RETRY_MS = 60_000;

export interface PassageUpkeepOptions {
  readonly store: DocumentStore;
  readonly tenant: string;
  /** Gives passages to one text, as `addPassages` does. */
  readonly add: (document: TextDocument) => Promise<Outcome<boolean>>;
  readonly log: Log;
}

/**
 * Gives passages to texts that were stored without: by a release before passages, by a restored export. Begins at once, in the
 * background, and tells in the log how far it is; what is not done when the server stops is done by the next one.
 */
export class PassageUpkeep {
  /** Texts that stay as they are, by content: they cannot be split, or were and are truncated all the same. */
  readonly #left = new Set<string>();
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: PassageUpkeepOptions) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Finishes the text that it is at. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    const waitMs = await this.#pass().then(
      () => LOOK_EVERY_MS,
      (error: unknown) => {
        this.options.log.warn({ err: error }, "Long texts could not be given passages now; trying again later");
        return RETRY_MS;
      },
    );
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => this.start(), waitMs).unref();
  }

  async #pass(): Promise<void> {
    const { store, tenant, log } = this.options;
    const total = (await store.count(tenant, { kind: "truncated" })) - this.#left.size;
    if (total <= 0) return;
    const told = { done: 0, failed: 0, total };
    log.info(told, "Long texts of which only the beginning is found: giving them passages");
    let toldAt = Date.now();
    for await (const document of this.#texts()) {
      const outcome = await this.options.add(document);
      if (!outcome.ok && STOPS.has(outcome.error.code)) throw outcome.error;
      if (!outcome.ok || !outcome.value) this.#left.add(document.contentHash);
      told[outcome.ok ? "done" : "failed"]++;
      if (Date.now() - toldAt < TELL_EVERY_MS) continue;
      toldAt = Date.now();
      log.info(told, "Long texts are being given passages");
    }
    log.info(
      told,
      this.#stopping.signal.aborted ? "Stopped; the next start goes on" : "Long texts have their passages",
    );
  }

  /** From a place drawn by lot, so that servers beside each other seldom take the same. */
  async *#texts(): AsyncGenerator<TextDocument> {
    const begin = randomBytes(20).toString("hex");
    for (const [from, to] of [
      [begin, null],
      [null, begin],
    ] as const) {
      for (let afterId: string | null = from; ;) {
        const page = await this.#page(afterId);
        for (const one of page) {
          if (this.#stopping.signal.aborted || (to !== null && one.id > to)) return;
          if (one.modality === "text" && !this.#left.has(one.contentHash)) yield one;
        }
        if (page.length < TEXTS_AT_ONCE) break;
        afterId = page.at(-1)!.id;
      }
    }
  }

  #page(afterId: string | null) {
    const { store, tenant } = this.options;
    return store.page({ tenant, filter: { kind: "truncated" }, afterId, limit: TEXTS_AT_ONCE });
  }
}

/** No text's own fault. */
const STOPS = new Set<AppError["code"]>([
  "ENCODER_UNAVAILABLE",
  "WORKER_UNAVAILABLE",
  "STORE_UNAVAILABLE",
  "SHUTTING_DOWN",
]);
