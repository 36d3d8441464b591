import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import { succeeded, type Outcome } from "../errors";
import type { Embedding, Encoder, EncodingRole, Pixels } from "../ports/encoder";

export interface BatchOptions {
  /** How long an idle encoder waits for company before it starts on the first item; 0: for what comes at the same moment. */
  readonly windowMs: number;
  readonly maxTexts: number;
  readonly maxImages: number;
  /** Batches that are encoded side by side. Where more than one are, documents and queries leave the last place to each other. */
  readonly atOnce: number;
}

/**
 * How long a batch of documents may take, about: longer ones are no faster by the item. While queries come, shorter ones, since
 * a query has to wait for the batch that is being encoded.
 */
const DOCUMENTS_MS = 60;
const DOCUMENTS_AMONG_QUERIES_MS = 12;
/** So long after a query another one is expected. */
const QUERIES_COME_MS = 2_000;

/** Query batches that may overtake waiting documents before a batch of documents gets its turn. */
const QUERIES_IN_A_ROW = 4;

/**
 * Gathers what the whole process encodes at the same time into batches, queries before documents. Equal kinds and roles share
 * a batch; results come back to each caller in the caller's order. Where one batch is encoded at a time, those of documents
 * are as long as their time allows, by what batches took before.
 */
export class BatchedEncoder implements Encoder {
  readonly #lanes: { readonly query: Lane<unknown>[]; readonly document: Lane<unknown>[] };
  readonly #texts: Record<EncodingRole, Lane<string>>;
  readonly #images: Record<EncodingRole, Lane<Pixels>>;
  #workers = 0;
  readonly #running: Record<EncodingRole, number> = { query: 0, document: 0 };
  #queriesInARow = 0;
  #lastQueryMs = -Infinity;

  constructor(
    private readonly encoder: Encoder,
    private readonly options: BatchOptions,
  ) {
    const { maxTexts, maxImages } = options;
    const texts = (role: EncodingRole) =>
      new Lane<string>((items) => encoder.encodeTexts(items, role), maxTexts, charactersOf);
    const images = (role: EncodingRole) =>
      new Lane<Pixels>(
        (items) => encoder.encodeImages(items, role),
        maxImages,
        () => 1,
      );
    this.#texts = { query: texts("query"), document: texts("document") };
    this.#images = { query: images("query"), document: images("document") };
    this.#lanes = {
      query: [this.#texts.query, this.#images.query] as Lane<unknown>[],
      document: [this.#texts.document, this.#images.document] as Lane<unknown>[],
    };
  }

  get fingerprint() {
    return this.encoder.fingerprint;
  }

  get dimension() {
    return this.encoder.dimension;
  }

  get picture() {
    return this.encoder.picture;
  }

  get textWindow() {
    return this.encoder.textWindow;
  }

  encodeTexts(texts: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    return this.#enqueue(this.#texts[role], texts, role);
  }

  encodeImages(images: readonly Pixels[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    return this.#enqueue(this.#images[role], images, role);
  }

  countTokens(texts: readonly string[]): Promise<number[]> {
    return this.encoder.countTokens(texts);
  }

  ping(): Promise<void> {
    return this.encoder.ping();
  }

  close(): Promise<void> {
    return this.encoder.close();
  }

  #enqueue<T>(lane: Lane<T>, items: readonly T[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    if (role === "query") this.#lastQueryMs = performance.now();
    const results = Promise.all(items.map((item) => lane.add(item)));
    void this.#work();
    return results;
  }

  async #work(): Promise<void> {
    if (this.#workers >= this.options.atOnce) return;
    this.#workers++;
    await (this.options.windowMs > 0 ? delay(this.options.windowMs) : nextTurn());
    for (let lane = this.#next(); lane !== undefined; lane = this.#next()) await this.#runBatch(lane);
    this.#workers--;
  }

  async #runBatch(lane: Lane<unknown>): Promise<void> {
    // What is left after this batch need not wait for it where there is room.
    void this.#work();
    const role = this.#roleOf(lane);
    this.#running[role]++;
    await lane.runBatch(this.#budgetMs(role));
    this.#running[role]--;
  }

  #roleOf(lane: Lane<unknown>): EncodingRole {
    return this.#lanes.query.includes(lane) ? "query" : "document";
  }

  #budgetMs(role: EncodingRole): number {
    if (this.options.atOnce > 1 || role === "query") return Infinity;
    const queriesCome = performance.now() - this.#lastQueryMs < QUERIES_COME_MS;
    return queriesCome ? DOCUMENTS_AMONG_QUERIES_MS : DOCUMENTS_MS;
  }

  /** The lane whose turn it is. Lanes of one role take turns as well: the one that waits longest first. */
  #next(): Lane<unknown> | undefined {
    const most = Math.max(1, this.options.atOnce - 1);
    const waiting = (role: EncodingRole) =>
      this.#lanes[role]
        .filter((lane) => lane.waitingSince !== null && this.#running[role] < most)
        .sort((a, b) => a.waitingSince! - b.waitingSince!)[0];
    const [query, document] = [waiting("query"), waiting("document")];
    const takeQuery = query !== undefined && (document === undefined || this.#queriesInARow < QUERIES_IN_A_ROW);
    this.#queriesInARow = takeQuery ? this.#queriesInARow + 1 : 0;
    return takeQuery ? query : document;
  }
}

/** What a text takes at the least, in characters: its first and last token, and the run itself; and at the most: the rest is cut off. */
const CHARACTERS_AT_LEAST = 8;
const CHARACTERS_READ = 4_096;
const charactersOf = ({ length }: string): number => CHARACTERS_AT_LEAST + Math.min(length, CHARACTERS_READ);

/** Weight of the last batch in what a unit takes. */
const LAST_BATCH = 0.3;

interface Waiting<T> {
  readonly item: T;
  readonly since: number;
  resolve(outcome: Outcome<Embedding>): void;
  reject(error: unknown): void;
}

/** Items of one kind and role, waiting to be encoded together. */
class Lane<T> {
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

  add(item: T): Promise<Outcome<Embedding>> {
    return new Promise((resolve, reject) => this.#waiting.push({ item, since: performance.now(), resolve, reject }));
  }

  /** `budgetMs`: how long it may take, about; one item at the least. */
  async runBatch(budgetMs: number): Promise<void> {
    const { batch, units } = this.#take(budgetMs);
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
    let [count, units] = [0, 0];
    for (const { item } of this.#waiting.slice(0, this.maxItems)) {
      const more = units + this.unitsOf(item);
      if (count > 0 && more > most) break;
      [count, units] = [count + 1, more];
    }
    return { batch: this.#waiting.splice(0, count), units };
  }
}

const queued = (outcome: Outcome<Embedding>, queuedMs: number): Outcome<Embedding> =>
  outcome.ok ? succeeded({ vector: outcome.value.vector, truncated: outcome.value.truncated, queuedMs }) : outcome;
