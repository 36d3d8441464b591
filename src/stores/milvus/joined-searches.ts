import type { CollectionCalls } from "./collection-calls";
import { searchRows, type Found, type RowSearch } from "./search-rows";

/** What finds more takes so long that a trip less does not count, and each answer keeps everybody waiting while it is unpacked. */
const ROWS_JOINED = 512;

interface Waiting<R> {
  readonly search: RowSearch;
  readonly resolve: (lists: Found<R>[][]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Searches of our Milvus Lite. Those that begin in the same turn of the event loop, as one for texts and one for pictures do,
 * go out as one call, which answers each vector from a partition of its own: half the trips of a search.
 */
export class JoinedSearches<R> {
  #waiting: Waiting<R>[] = [];

  constructor(private readonly calls: CollectionCalls) {}

  /** What `searchRows` gives, and maybe columns that the others asked for. */
  search(search: RowSearch): Promise<Found<R>[][]> {
    if (search.vectors.length * search.limit > ROWS_JOINED) return searchRows<R>(this.calls, search);
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ search, resolve, reject }) === 1) process.nextTick(() => this.#send());
    });
  }

  #send(): void {
    const alike = new Map<string, Waiting<R>[]>();
    for (const one of this.#waiting) {
      const { limit, filter, params } = one.search;
      const kind = JSON.stringify([limit, filter, params]);
      alike.set(kind, [...(alike.get(kind) ?? []), one]);
    }
    this.#waiting = [];
    for (const group of alike.values()) void this.#answer(group);
  }

  async #answer(group: readonly Waiting<R>[]): Promise<void> {
    try {
      const lists = await searchTogether<R>(
        this.calls,
        group.map(({ search }) => search),
      );
      for (const { search, resolve } of group) resolve(lists.splice(0, search.vectors.length));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** Lists of all their vectors, one after another. */
const searchTogether = <R>(calls: CollectionCalls, group: readonly RowSearch[]): Promise<Found<R>[][]> =>
  searchRows<R>(calls, {
    ...group[0]!,
    vectors: group.flatMap(({ vectors }) => vectors),
    partitions: group.flatMap(({ partitions }) => partitions),
    fields: [...new Set(group.flatMap(({ fields }) => fields))],
  });
