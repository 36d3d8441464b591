import DataLoader from "dataloader";
import type { CollectionCalls } from "./collection-calls";
import { searchRows, type Found, type RowSearch } from "./search-rows";

/** What finds more takes so long that a trip less does not count, and each answer keeps everybody waiting while it is unpacked. */
const ROWS_JOINED = 512;

/**
 * Searches of our Milvus Lite. Those that begin in the same turn of the event loop, as one for texts and one for pictures do,
 * go out as one call, which answers each vector from a partition of its own: half the trips of a search.
 */
export class JoinedSearches<R> {
  readonly #loader: DataLoader<RowSearch, Found<R>[][]>;

  constructor(private readonly calls: CollectionCalls) {
    this.#loader = new DataLoader((searches) => joined<R>(calls, searches), { cache: false });
  }

  /** What `searchRows` gives, and maybe columns that the others asked for. */
  search(search: RowSearch): Promise<Found<R>[][]> {
    const isSmall = search.vectors.length * search.limit <= ROWS_JOINED;
    return isSmall ? this.#loader.load(search) : searchRows<R>(this.calls, search);
  }
}

async function joined<R>(calls: CollectionCalls, searches: readonly RowSearch[]): Promise<(Found<R>[][] | Error)[]> {
  const alike = new Map<string, RowSearch[]>();
  for (const search of searches) {
    const kind = JSON.stringify([search.limit, search.filter, search.params]);
    alike.set(kind, [...(alike.get(kind) ?? []), search]);
  }
  const answers = new Map<RowSearch, Found<R>[][] | Error>();
  await Promise.all(
    [...alike.values()].map(async (group) => {
      const lists = await searchTogether<R>(calls, group).catch((error: Error) => error);
      for (const one of group) answers.set(one, lists instanceof Error ? lists : lists.splice(0, one.vectors.length));
    }),
  );
  return searches.map((one) => answers.get(one)!);
}

/** Lists of all their vectors, one after another. */
const searchTogether = <R>(calls: CollectionCalls, group: readonly RowSearch[]): Promise<Found<R>[][]> =>
  searchRows<R>(calls, {
    ...group[0]!,
    vectors: group.flatMap(({ vectors }) => vectors),
    partitions: group.flatMap(({ partitions }) => partitions),
    fields: [...new Set(group.flatMap(({ fields }) => fields))],
  });
