import { PDF } from "../../documents/media-type";
import type { DocumentStore } from "../../ports/document-store";
import type { PictureFile } from "../../ports/media-store";

/** For each kept file of a tenant whether some document of the store shows it, or is a page of it. */
export async function areShown(
  store: DocumentStore,
  tenant: string,
  files: readonly Pick<PictureFile, "contentHash" | "mediaType">[],
): Promise<boolean[]> {
  const pictures = files.filter(({ mediaType }) => mediaType !== PDF);
  const found =
    pictures.length === 0
      ? []
      : await store.findByContent(
          tenant,
          pictures.map(({ contentHash }) => contentHash),
        );
  const shown = new Set(pictures.filter((_, i) => found[i] !== null));
  return Promise.all(
    files.map((file) => (file.mediaType === PDF ? hasPages(store, tenant, file.contentHash) : shown.has(file))),
  );
}

async function hasPages(store: DocumentStore, tenant: string, pdf: string): Promise<boolean> {
  const filter = { kind: "metadata", key: "pdf", comparison: { op: "equals", value: pdf } } as const;
  return (await store.page({ tenant, filter, afterId: null, limit: 1 })).length > 0;
}
