import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import type { Outcome } from "../errors";
import type { Embedding, Encoder, EncodingRole, Pixels } from "../ports/encoder";
import type { Gone } from "../ports/gone";
import { BatchLane } from "./batch-lane";

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

/** What items are encoded for. */
interface Asked {
  readonly role: EncodingRole;
  readonly gone: Gone | null;
}

/**
 * Gathers what the whole process encodes at the same time into batches, queries before documents. Equal kinds and roles share
 * a batch; results come back to each caller in the caller's order. Where one batch is encoded at a time, those of documents
 * are as long as their time allows, by what batches took before.
 */
export class BatchedEncoder implements Encoder {
  readonly #lanes: { readonly query: BatchLane<unknown>[]; readonly document: BatchLane<unknown>[] };
  readonly #texts: Record<EncodingRole, BatchLane<string>>;
  readonly #images: Record<EncodingRole, BatchLane<Pixels>>;
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
      new BatchLane<string>((items) => encoder.encodeTexts(items, role), maxTexts, charactersOf);
    const images = (role: EncodingRole) =>
      new BatchLane<Pixels>(
        (items) => encoder.encodeImages(items, role),
        maxImages,
        () => 1,
      );
    this.#texts = { query: texts("query"), document: texts("document") };
    this.#images = { query: images("query"), document: images("document") };
    this.#lanes = {
      query: [this.#texts.query, this.#images.query] as BatchLane<unknown>[],
      document: [this.#texts.document, this.#images.document] as BatchLane<unknown>[],
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

  encodeTexts(texts: readonly string[], role: EncodingRole, gone: Gone | null = null): Promise<Outcome<Embedding>[]> {
    return this.#enqueue(this.#texts[role], texts, { role, gone });
  }

  encodeImages(images: readonly Pixels[], role: EncodingRole, gone: Gone | null = null): Promise<Outcome<Embedding>[]> {
    return this.#enqueue(this.#images[role], images, { role, gone });
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

  #enqueue<T>(lane: BatchLane<T>, items: readonly T[], { role, gone }: Asked): Promise<Outcome<Embedding>[]> {
    if (role === "query") this.#lastQueryMs = performance.now();
    const results = Promise.all(items.map((item) => lane.add(item, gone)));
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

  async #runBatch(lane: BatchLane<unknown>): Promise<void> {
    // What is left after this batch need not wait for it where there is room.
    void this.#work();
    const role = this.#roleOf(lane);
    this.#running[role]++;
    await lane.runBatch(this.#budgetMs(role));
    this.#running[role]--;
  }

  #roleOf(lane: BatchLane<unknown>): EncodingRole {
    return this.#lanes.query.includes(lane) ? "query" : "document";
  }

  #budgetMs(role: EncodingRole): number {
    if (this.options.atOnce > 1 || role === "query") return Infinity;
    const queriesCome = performance.now() - this.#lastQueryMs < QUERIES_COME_MS;
    return queriesCome ? DOCUMENTS_AMONG_QUERIES_MS : DOCUMENTS_MS;
  }

  /** The lane whose turn it is. Lanes of one role take turns as well: the one that waits longest first. */
  #next(): BatchLane<unknown> | undefined {
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
