import { areShown } from "../ingestion/pictures/shown";
import type { DocumentStore } from "../ports/document-store";
import type { MediaStore, PictureFile } from "../ports/media-store";

const AT_ONCE = 1_000;

/** Pictures and PDFs that none of the stores' documents shows, as often as they have files; in no order to rely on. */
export async function* findOrphans(
  stores: readonly DocumentStore[],
  media: MediaStore,
  tenant: string,
): AsyncGenerator<PictureFile> {
  let files: PictureFile[] = [];
  for await (const file of media.pictureFiles(tenant)) {
    files.push(file);
    if (files.length < AT_ONCE) continue;
    yield* await unshown(stores, tenant, files);
    files = [];
  }
  yield* await unshown(stores, tenant, files);
}

/** Deletes orphans that are still none's when it is their turn; how many there were. */
export async function deleteOrphans(
  stores: readonly DocumentStore[],
  media: MediaStore,
  tenant: string,
  orphans: readonly PictureFile[],
): Promise<number> {
  const still = await unshown(stores, tenant, orphans);
  // Of thumbnails alone the picture's own type is not known; they go with a picture of any.
  const pictures = still.map(({ contentHash, mediaType }) => ({
    kind: "picture" as const,
    tenant,
    contentHash,
    mediaType: mediaType ?? "image/jpeg",
  }));
  await media.delete(pictures);
  return pictures.length;
}

async function unshown(
  stores: readonly DocumentStore[],
  tenant: string,
  files: readonly PictureFile[],
): Promise<PictureFile[]> {
  let left = [...files];
  for (const store of stores) {
    if (left.length === 0) return left;
    const shown = await areShown(store, tenant, left);
    left = left.filter((_, i) => !shown[i]);
  }
  return left;
}
