import { AppError } from "../../errors";
import { THUMBNAIL_WIDTHS, type ThumbnailType } from "../../documents/thumbnail";
import type { MediaKey, PictureFile, PictureKey, ThumbnailKey } from "../../ports/media-store";
import { extensionOf, mediaTypeOf } from "../../documents/media-type";

const TENANT = /^[a-z0-9_-]{1,64}$/;
const HASH = /^[0-9a-f]{64}$/;
const UPLOAD_ID = /^[0-9a-f]{32}$/;
const THUMBNAIL_TYPES: readonly ThumbnailType[] = ["image/webp", "image/avif", "image/jpeg"];

/**
 * What a kept file is called in every media store, in parts that "/" joins: `<tenant>/<first two digits>/<hash>.<ending>`,
 * `<tenant>/<first two digits>/<hash>/<width>.<ending>`, `<tenant>/uploads/<id>`. Made of checked parts only: nothing that a
 * client wrote gets into a name.
 */
export function mediaName(key: MediaKey): string {
  if (key.kind === "upload") return `${checked(key.tenant, TENANT)}/uploads/${checked(key.id, UPLOAD_ID)}`;
  if (key.kind === "picture") return `${stem(key)}.${endingOf(key.mediaType)}`;
  endingOf(key.picture.mediaType);
  return `${stem(key.picture)}/${widthOf(key)}.${endingOf(key.mediaType)}`;
}

/** The names of all thumbnails that a picture can have. */
export const thumbnailNames = (picture: PictureKey): string[] =>
  THUMBNAIL_TYPES.flatMap((mediaType) =>
    THUMBNAIL_WIDTHS.map((width) => mediaName({ kind: "thumbnail", picture, width, mediaType })),
  );

/** What the names of a picture's thumbnails begin with. */
export const thumbnailFolder = (picture: PictureKey): string => stem(picture);

const PICTURE_FILE = /^([a-z0-9_-]{1,64})\/([0-9a-f]{2})\/(\2[0-9a-f]{62})(?:\.([a-z]+)|\/\d+\.[a-z]+)$/;

/** What the names of a tenant's files begin with. */
export const tenantFolder = (tenant: string): string => `${checked(tenant, TENANT)}/`;

/** Whose file it is, by its name; null for uploads and for what is not ours. */
export function parsePictureName(name: string): Omit<PictureFile, "storedAt"> | null {
  const [, tenant, , contentHash, extension] = PICTURE_FILE.exec(name) ?? [];
  const mediaType = extension === undefined ? null : mediaTypeOf(extension);
  if (tenant === undefined || (extension !== undefined && mediaType === null)) return null;
  return { tenant, contentHash: contentHash!, mediaType };
}

const stem = ({ tenant, contentHash }: PictureKey): string =>
  `${checked(tenant, TENANT)}/${checked(contentHash, HASH).slice(0, 2)}/${contentHash}`;

function checked(part: string, form: RegExp): string {
  if (form.test(part)) return part;
  throw unnameable();
}

function widthOf({ width }: ThumbnailKey): number {
  if ((THUMBNAIL_WIDTHS as readonly number[]).includes(width)) return width;
  throw unnameable();
}

function endingOf(mediaType: string): string {
  const ending = extensionOf(mediaType);
  if (ending !== null) return ending;
  throw unnameable();
}

const unnameable = (): AppError =>
  new AppError("INTERNAL_SERVER_ERROR", "A file cannot be named so in the media store.");
