import { LRUCache } from "lru-cache";
import { succeeded, type Outcome } from "../errors";
import { contentHash } from "../documents/document";
import type { Embedding, Encoder, EncodingRole, Pixels } from "../ports/encoder";
import type { Gone } from "../ports/gone";
import { Waiters } from "./waiters";

/** A query's vector. */
interface Known {
  readonly outcome: Promise<Outcome<Embedding>>;
  /** Who waits for it, and for what was asked for with it; null: it is there. */
  waiters: Waiters | null;
}

/**
 * Remembers the vectors of recent queries, and lets equal queries at the same time share one. Documents pass through:
 * they come once. Failures are not remembered.
 */
export class CachedEncoder implements Encoder {
  readonly #cache: LRUCache<string, Known>;

  /** `maxQueries`: how many vectors are kept. */
  constructor(
    private readonly encoder: Encoder,
    maxQueries: number,
  ) {
    this.#cache = new LRUCache({ max: maxQueries });
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
    const encode: Encode<string> = (missing, waiters) => this.encoder.encodeTexts(missing, role, waiters);
    return role === "query" ? this.#cached(texts, (text) => `text ${text}`, encode, gone) : encode(texts, gone);
  }

  encodeImages(images: readonly Pixels[], role: EncodingRole, gone: Gone | null = null): Promise<Outcome<Embedding>[]> {
    const encode: Encode<Pixels> = (missing, waiters) => this.encoder.encodeImages(missing, role, waiters);
    const keyOf = ({ rgb }: Pixels) => `image ${contentHash(rgb)}`;
    return role === "query" ? this.#cached(images, keyOf, encode, gone) : encode(images, gone);
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

  #cached<T>(
    items: readonly T[],
    keyOf: (item: T) => string,
    encode: Encode<T>,
    gone: Gone | null,
  ): Promise<Outcome<Embedding>[]> {
    const wanted = items.map((item) => ({ item, key: keyOf(item) }));
    const answers = new Map(wanted.map(({ key }) => [key, this.#join(key, gone)?.then(atOnce)]));
    const missing = new Map(wanted.filter(({ key }) => !answers.get(key)).map(({ key, item }) => [key, item]));
    if (missing.size > 0) {
      const waiters = new Waiters().join(gone);
      const encoded = encode([...missing.values()], waiters);
      [...missing.keys()].forEach((key, i) => {
        const outcome = encoded.then((all) => all[i]!);
        this.#remember(key, { outcome, waiters });
        answers.set(key, outcome);
      });
    }
    return Promise.all(wanted.map(({ key }) => answers.get(key)!));
  }

  /** What is known, or being encoded for somebody who still waits. */
  #join(key: string, gone: Gone | null): Promise<Outcome<Embedding>> | undefined {
    const known = this.#cache.get(key);
    if (known?.waiters?.aborted) return undefined;
    known?.waiters?.join(gone);
    return known?.outcome;
  }

  #remember(key: string, known: Known): void {
    this.#cache.set(key, known);
    const forget = () => this.#cache.peek(key) === known && this.#cache.delete(key);
    known.outcome.then(({ ok }) => {
      known.waiters = null;
      if (!ok) forget();
    }, forget);
  }
}

type Encode<T> = (missing: readonly T[], gone: Gone | null) => Promise<Outcome<Embedding>[]>;

/** What is known already need not wait. */
const atOnce = (outcome: Outcome<Embedding>): Outcome<Embedding> =>
  outcome.ok ? succeeded({ ...outcome.value, queuedMs: 0 }) : outcome;
