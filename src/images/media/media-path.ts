import { THUMBNAIL_WIDTHS, type ThumbnailType } from "../../documents/thumbnail";
import type { MediaKey, PictureKey, ThumbnailKey } from "../../ports/media-store";
import { extensionOf, mediaTypeOf, PDF } from "../../documents/media-type";

const PATH = /^\/media\/([a-z0-9_-]{1,64})\/([0-9a-f]{64})\.(?:pdf|(jpg|png|webp)(?:\/([1-9]\d{1,3})\.(webp|avif))?)$/;

/** Path of a kept picture or PDF under the server's address: "/media/<tenant>/<hash>.<ending>". */
export const mediaPath = ({ tenant, contentHash, mediaType }: PictureKey): string =>
  `/media/${tenant}/${contentHash}.${extensionOf(mediaType) ?? "bin"}`;

/** Path of a thumbnail, below its picture's: "/media/<tenant>/<hash>.<ending>/<width>.webp". */
export const thumbnailPath = ({ picture, width, mediaType }: ThumbnailKey): string =>
  `${mediaPath(picture)}/${width}.${extensionOf(mediaType)}`;

/** What a path names; null for any path that `mediaPath` and `thumbnailPath` do not make. */
export function parseMediaPath(path: string): Exclude<MediaKey, { kind: "upload" }> | null {
  const [, tenant, contentHash, extension, digits, thumbnailExtension] = PATH.exec(path) ?? [];
  if (contentHash === undefined) return null;
  if (extension === undefined) return { kind: "picture", tenant: tenant!, contentHash, mediaType: PDF };
  const picture = { tenant: tenant!, contentHash, mediaType: mediaTypeOf(extension)! };
  if (digits === undefined) return { kind: "picture", ...picture };
  const width = Number(digits);
  if (!(THUMBNAIL_WIDTHS as readonly number[]).includes(width)) return null;
  return { kind: "thumbnail", picture, width, mediaType: mediaTypeOf(thumbnailExtension!) as ThumbnailType };
}
