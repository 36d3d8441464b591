import { setTimeout as delay } from "node:timers/promises";
import { succeeded, type Outcome } from "../errors";
import type { Embedding, Encoder, EncodingRole, Pixels } from "../search/encoder";

export interface BatchOptions {
  /** How long an idle encoder waits for company before it starts on the first item. */
  readonly windowMs: number;
  readonly maxTexts: number;
  readonly maxImages: number;
}

/** Query batches that may overtake waiting documents before a batch of documents gets its turn. */
const QUERIES_IN_A_ROW = 4;

/**
 * Gathers what the whole process encodes at the same time into batches, one at a time, queries before documents. Equal
 * kinds and roles share a batch; results come back to each caller in the caller's order.
 */
export class BatchedEncoder implements Encoder {
  readonly #lanes: { readonly query: Lane<unknown>[]; readonly document: Lane<unknown>[] };
  readonly #texts: Record<EncodingRole, Lane<string>>;
  readonly #images: Record<EncodingRole, Lane<Pixels>>;
  #working = false;
  #queriesInARow = 0;

  constructor(
    private readonly encoder: Encoder,
    private readonly options: BatchOptions,
  ) {
    const { maxTexts, maxImages } = options;
    const texts = (role: EncodingRole) => new Lane<string>((items) => encoder.encodeTexts(items, role), maxTexts);
    const images = (role: EncodingRole) => new Lane<Pixels>((items) => encoder.encodeImages(items, role), maxImages);
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

  get imageSide() {
    return this.encoder.imageSide;
  }

  encodeTexts(texts: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    return this.#enqueue(this.#texts[role], texts);
  }

  encodeImages(images: readonly Pixels[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    return this.#enqueue(this.#images[role], images);
  }

  ping(): Promise<void> {
    return this.encoder.ping();
  }

  close(): Promise<void> {
    return this.encoder.close();
  }

  #enqueue<T>(lane: Lane<T>, items: readonly T[]): Promise<Outcome<Embedding>[]> {
    const results = Promise.all(items.map((item) => lane.add(item)));
    void this.#work();
    return results;
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    await delay(this.options.windowMs);
    for (let lane = this.#next(); lane !== undefined; lane = this.#next()) await lane.runBatch();
    this.#working = false;
  }

  /** The lane whose turn it is. Lanes of one role take turns as well: the one that waits longest first. */
  #next(): Lane<unknown> | undefined {
    const waiting = (role: EncodingRole) =>
      this.#lanes[role]
        .filter((lane) => lane.waitingSince !== null)
        .sort((a, b) => a.waitingSince! - b.waitingSince!)[0];
    const [query, document] = [waiting("query"), waiting("document")];
    const takeQuery = query !== undefined && (document === undefined || this.#queriesInARow < QUERIES_IN_A_ROW);
    this.#queriesInARow = takeQuery ? this.#queriesInARow + 1 : 0;
    return takeQuery ? query : document;
  }
}

interface Waiting<T> {
  readonly item: T;
  readonly since: number;
  resolve(outcome: Outcome<Embedding>): void;
  reject(error: unknown): void;
}

/** Items of one kind and role, waiting to be encoded together. */
class Lane<T> {
  readonly #waiting: Waiting<T>[] = [];

  constructor(
    private readonly encode: (items: readonly T[]) => Promise<Outcome<Embedding>[]>,
    private readonly maxItems: number,
  ) {}

  /** Of the item in front, milliseconds on a clock of the process; null: the lane is empty. */
  get waitingSince(): number | null {
    return this.#waiting[0]?.since ?? null;
  }

  add(item: T): Promise<Outcome<Embedding>> {
    return new Promise((resolve, reject) => this.#waiting.push({ item, since: performance.now(), resolve, reject }));
  }

  async runBatch(): Promise<void> {
    const batch = this.#waiting.splice(0, this.maxItems);
    const began = performance.now();
    try {
      const outcomes = await this.encode(batch.map(({ item }) => item));
      batch.forEach(({ resolve, since }, i) => resolve(queued(outcomes[i]!, began - since)));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

const queued = (outcome: Outcome<Embedding>, queuedMs: number): Outcome<Embedding> =>
  outcome.ok ? succeeded({ ...outcome.value, queuedMs }) : outcome;
