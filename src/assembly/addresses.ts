import { PDF } from "../documents/media-type";
import type { PdfPage } from "../documents/pdf-page";
import type { ThumbnailType } from "../documents/thumbnail";
import { uploadPath } from "../http/upload-path";
import { mediaPath, thumbnailPath } from "../images/media/media-path";
import type { UploadLink } from "../ingestion/uploads/uploads";
import type { PictureKey } from "../ports/media-store";

/** Where clients find pictures and put uploads, under the server's public URL at that moment. */
export const addressesUnder = (publicUrl: () => string) => ({
  mediaUrl: (picture: PictureKey): string => `${publicUrl()}${mediaPath(picture)}`,
  thumbnailUrl: (picture: PictureKey, width: number, mediaType: ThumbnailType): string =>
    `${publicUrl()}${thumbnailPath({ picture, width, mediaType })}`,
  pageUrl: (tenant: string, { pdf, page }: PdfPage): string =>
    `${publicUrl()}${mediaPath({ tenant, contentHash: pdf, mediaType: PDF })}#page=${page}`,
  uploadUrl: (link: UploadLink): string => `${publicUrl()}${uploadPath(link)}`,
});
