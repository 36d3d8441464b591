import { picturesOf, WITH_PICTURES } from "../ingestion/pictures/pictures-of";
import type { Document } from "../documents/document";
import { allPages } from "../ports/all-pages";
import type { DocumentStore } from "../ports/document-store";
import type { MediaStore } from "../ports/media-store";
import { inParallel } from "../in-parallel";

const PAGE = 1_000;
const LOOKED_FOR_AT_ONCE = 16;

/** Documents whose picture or PDF the media store does not have, page by page; `onPage` is told how many were looked at. */
export async function* findMissing(
  store: DocumentStore,
  media: MediaStore,
  tenant: string,
  onPage: (documents: number) => void,
): AsyncGenerator<Document> {
  const kept = { tenant, filter: WITH_PICTURES, limit: PAGE };
  for await (const page of allPages((query) => store.page(query), kept)) {
    const lost = new Set<string>();
    await inParallel(page, LOOKED_FOR_AT_ONCE, async (document) => {
      for (const picture of picturesOf([document])) if (!(await media.has(picture))) lost.add(document.id);
    });
    onPage(page.length);
    yield* page.filter(({ id }) => lost.has(id));
  }
}
