import type { Media, MediaStore } from "../../ports/media-store";
import { parseMediaPath } from "./media-path";
import type { Thumbnails } from "./thumbnails";

/** Finds what a path under /media/ names, pictures and thumbnails; null where there is nothing. */
export function mediaReader(media: MediaStore, thumbnails: Thumbnails): (path: string) => Promise<Media | null> {
  return async (path) => {
    const key = parseMediaPath(path);
    if (key === null) return null;
    const { mediaType } = key;
    if (key.kind === "picture") {
      const bytes = await media.get(key);
      return bytes && { etag: key.contentHash, mediaType, bytes };
    }
    const bytes = await thumbnails.read(key);
    return bytes && { etag: `${key.picture.contentHash}-${key.width}`, mediaType, bytes };
  };
}
