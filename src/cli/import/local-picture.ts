import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { AppError } from "../../errors";
import type { LocalPicture } from "./entry";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".avif": "image/avif",
};

/** Endings of pictures that Parallax does not decode: who has them in a folder wants to know. */
const UNSUPPORTED = new Set([".heic", ".heif", ".svg", ".tif", ".tiff", ".bmp", ".jxl", ".jp2", ".psd"]);

const endingOf = (path: string): string => extname(path).toLowerCase();

/** Whether a file's name says that it is a picture, of whatever kind. */
export const isPictureName = (path: string): boolean =>
  endingOf(path) in MEDIA_TYPES || UNSUPPORTED.has(endingOf(path));

/** A picture's file. Throws UNSUPPORTED_MEDIA_TYPE, INVALID_IMAGE for an empty file, or INVALID_ITEM for none. */
export async function localPicture(path: string): Promise<LocalPicture> {
  const ending = endingOf(path);
  const mediaType = MEDIA_TYPES[ending];
  if (mediaType === undefined) {
    const what = UNSUPPORTED.has(ending)
      ? `${ending.slice(1).toUpperCase()} pictures are not supported`
      : "The file's name has no ending of a picture";
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", `${what}. Convert it to ${Object.keys(MEDIA_TYPES).join(", ")}.`);
  }
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new AppError("INVALID_ITEM", "The picture's file is not there, or cannot be read.");
  if (found.size === 0) throw new AppError("INVALID_IMAGE", "The file is empty.");
  return { path, mediaType, bytes: found.size, modifiedMs: found.mtimeMs };
}
