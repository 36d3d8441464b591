import type { Document } from "../documents/document";
import type { DocumentStore, PageQuery } from "./document-store";

/** Everything that matches, so many documents at a time, in the order of their ids; what comes and goes meanwhile may be in it or not. */
export async function* allPages(
  store: Pick<DocumentStore, "page">,
  query: Omit<PageQuery, "afterId">,
): AsyncGenerator<readonly Document[]> {
  for (let afterId: string | null = null; ;) {
    const page: Document[] = await store.page({ ...query, afterId });
    if (page.length > 0) yield page;
    if (page.length < query.limit) return;
    afterId = page.at(-1)!.id;
  }
}
