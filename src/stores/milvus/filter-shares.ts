import { LRUCache } from "lru-cache";
import type { Modality } from "../../search/document";
import type { CollectionCalls } from "./collection-calls";

/** A share that is a minute old still tells how widely to look. */
const KEEP_MS = 60_000;
const KEPT = 1_000;
const ANY_ROW = 'id != ""';

/** Which share of a modality's documents passes a filter expression. */
export class FilterShares {
  readonly #counts = new LRUCache<string, Promise<number>>({ max: KEPT, ttl: KEEP_MS });

  constructor(private readonly calls: CollectionCalls) {}

  /** 0 to 1. */
  async of(modality: Modality, filter: string): Promise<number> {
    const [passing, all] = await Promise.all([this.#count(modality, filter), this.#count(modality, ANY_ROW)]);
    return all === 0 ? 1 : Math.min(1, passing / all);
  }

  #count(modality: Modality, filter: string): Promise<number> {
    const key = `${modality} ${filter}`;
    const known = this.#counts.get(key);
    if (known) return known;
    const counted = this.calls.count(filter, [modality]);
    this.#counts.set(key, counted);
    counted.catch(() => this.#counts.delete(key));
    return counted;
  }
}
