import type { DocumentStore } from "../../ports/document-store";
import type { MediaStore } from "../../ports/media-store";
import { areShown } from "./shown";
import type { KeptPicture } from "./pictures-of";

const LOOKED_UP_AT_ONCE = 1_000;

/**
 * Deletes those of a tenant's pictures that no document shows, thumbnails included; returns them. Throws
 * STORE_UNAVAILABLE. Nothing that shows one of them may be stored meanwhile.
 */
export async function deleteUnshown(
  { store, media }: { readonly store: DocumentStore; readonly media: MediaStore },
  tenant: string,
  pictures: readonly KeptPicture[],
): Promise<KeptPicture[]> {
  const deleted: KeptPicture[] = [];
  for (let at = 0; at < pictures.length; at += LOOKED_UP_AT_ONCE) {
    const some = pictures.slice(at, at + LOOKED_UP_AT_ONCE);
    const shown = await areShown(store, tenant, some);
    const unshown = some.filter((_, i) => !shown[i]);
    await media.delete(unshown);
    deleted.push(...unshown);
  }
  return deleted;
}
