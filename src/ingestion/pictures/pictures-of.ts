import type { Document } from "../../documents/document";
import type { MediaKey } from "../../ports/media-store";

export type KeptPicture = Extract<MediaKey, { kind: "picture" }>;

/** The pictures that documents show, each once. */
export function picturesOf(documents: readonly Document[]): KeptPicture[] {
  const pictures = new Map<string, KeptPicture>();
  for (const one of documents) {
    if (one.modality !== "image") continue;
    const { tenant, contentHash, mediaType } = one;
    pictures.set(`${tenant} ${contentHash} ${mediaType}`, { kind: "picture", tenant, contentHash, mediaType });
  }
  return [...pictures.values()];
}
