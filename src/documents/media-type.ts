/** Media type of PDFs. */
export const PDF = "application/pdf";

/** File ending of each media type that the media store keeps; AVIF only as a thumbnail. */
const EXTENSIONS = new Map([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/webp", "webp"],
  ["image/avif", "avif"],
  [PDF, "pdf"],
]);

const MEDIA_TYPES = new Map([...EXTENSIONS].map(([mediaType, extension]) => [extension, mediaType]));

/** "jpg" for "image/jpeg"; null for a media type that is not kept. */
export const extensionOf = (mediaType: string): string | null => EXTENSIONS.get(mediaType) ?? null;

/** "image/jpeg" for "jpg"; null for an ending that `extensionOf` does not give. */
export const mediaTypeOf = (extension: string): string | null => MEDIA_TYPES.get(extension) ?? null;
