import type { PageQuery } from "./document-store";

/** Everything that matches, so many at a time, in the order of the ids; what comes and goes meanwhile may be in it or not. */
export async function* allPages<T extends { readonly id: string }>(
  read: (query: PageQuery) => Promise<readonly T[]>,
  query: Omit<PageQuery, "afterId">,
): AsyncGenerator<readonly T[]> {
  for (let afterId: string | null = null; ;) {
    const page: readonly T[] = await read({ ...query, afterId });
    if (page.length > 0) yield page;
    if (page.length < query.limit) return;
    afterId = page.at(-1)!.id;
  }
}
