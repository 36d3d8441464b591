import { LRUCache } from "lru-cache";
import type { CollectionCalls } from "./collection-calls";

/** A share that is some seconds old still tells how widely to look. */
const KEEP_MS = 10_000;
const KEPT = 1_000;
const ANY_ROW = 'id != ""';

/** Which share of a partition's rows passes a filter expression. */
export class FilterShares {
  readonly #shares = new LRUCache<string, Promise<number>>({ max: KEPT, ttl: KEEP_MS });

  constructor(private readonly calls: CollectionCalls) {}

  /** `partition` null: of the whole collection. 0 to 1; 0 where there are none, so that whoever goes by it looks everywhere. */
  of(partition: string | null, filter: string): Promise<number> {
    const key = `${partition} ${filter}`;
    const known = this.#shares.get(key);
    if (known) return known;
    const counted = this.#count(partition, filter);
    this.#shares.set(key, counted);
    counted.catch(() => this.#shares.delete(key));
    return counted;
  }

  /** Both at the same moment: a count from before a bulk load makes every filter look wide. */
  async #count(partition: string | null, filter: string): Promise<number> {
    const count = (expression: string) => this.calls.count(expression, partition === null ? [] : [partition]);
    const [passing, all] = await Promise.all([count(filter), count(ANY_ROW)]);
    return all === 0 ? 0 : Math.min(1, passing / all);
  }
}
