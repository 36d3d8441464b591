import type { ImageDocument } from "../documents/document";
import type { ThumbnailType } from "../documents/thumbnail";
import { uploadPath } from "../http/upload-path";
import { mediaPath, thumbnailPath } from "../images/media/media-path";
import type { UploadLink } from "../ingestion/uploads/uploads";

/** Where clients find pictures and put uploads, under the server's public URL at that moment. */
export const addressesUnder = (publicUrl: () => string) => ({
  mediaUrl: (document: ImageDocument): string => `${publicUrl()}${mediaPath(document)}`,
  thumbnailUrl: (picture: ImageDocument, width: number, mediaType: ThumbnailType): string =>
    `${publicUrl()}${thumbnailPath({ picture, width, mediaType })}`,
  uploadUrl: (link: UploadLink): string => `${publicUrl()}${uploadPath(link)}`,
});
