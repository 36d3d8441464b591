/**
 * Formats of thumbnails: every browser of today shows WebP, AVIF is smaller and slower to make. Every chat model's server takes
 * JPEG, which is not given to browsers.
 */
export type ThumbnailType = "image/webp" | "image/avif" | "image/jpeg";

/** The widths that thumbnails come in, so that a client cannot fill the store with every number there is. */
export const THUMBNAIL_WIDTHS = [64, 128, 256, 384, 512, 768, 1024, 1536, 2048] as const;
