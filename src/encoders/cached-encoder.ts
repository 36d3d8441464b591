import { LRUCache } from "lru-cache";
import { succeeded, type Outcome } from "../errors";
import { contentHash } from "../documents/document";
import type { Embedding, Encoder, EncodingRole, Pixels } from "../ports/encoder";

/**
 * Remembers the vectors of recent queries, and lets equal queries at the same time share one. Documents pass through:
 * they come once. Failures are not remembered.
 */
export class CachedEncoder implements Encoder {
  readonly #cache: LRUCache<string, Promise<Outcome<Embedding>>>;

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

  encodeTexts(texts: readonly string[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    const encode = (missing: readonly string[]) => this.encoder.encodeTexts(missing, role);
    return role === "query" ? this.#cached(texts, (text) => `text ${text}`, encode) : encode(texts);
  }

  encodeImages(images: readonly Pixels[], role: EncodingRole): Promise<Outcome<Embedding>[]> {
    const encode = (missing: readonly Pixels[]) => this.encoder.encodeImages(missing, role);
    return role === "query" ? this.#cached(images, ({ rgb }) => `image ${contentHash(rgb)}`, encode) : encode(images);
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
    encode: (missing: readonly T[]) => Promise<Outcome<Embedding>[]>,
  ): Promise<Outcome<Embedding>[]> {
    const wanted = items.map((item) => ({ item, key: keyOf(item) }));
    const answers = new Map(wanted.map(({ key }) => [key, this.#cache.get(key)?.then(atOnce)]));
    const missing = new Map(wanted.filter(({ key }) => !answers.get(key)).map(({ key, item }) => [key, item]));
    const encoded = missing.size === 0 ? Promise.resolve([]) : encode([...missing.values()]);
    [...missing.keys()].forEach((key, i) =>
      answers.set(
        key,
        this.#remember(
          key,
          encoded.then((all) => all[i]!),
        ),
      ),
    );
    return Promise.all(wanted.map(({ key }) => answers.get(key)!));
  }

  #remember(key: string, outcome: Promise<Outcome<Embedding>>): Promise<Outcome<Embedding>> {
    this.#cache.set(key, outcome);
    const forget = () => this.#cache.peek(key) === outcome && this.#cache.delete(key);
    outcome.then(({ ok }) => ok || forget(), forget);
    return outcome;
  }
}

/** What is known already need not wait. */
const atOnce = (outcome: Outcome<Embedding>): Outcome<Embedding> =>
  outcome.ok ? succeeded({ ...outcome.value, queuedMs: 0 }) : outcome;
