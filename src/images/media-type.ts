/** File ending of each media type that the media store keeps. */
const EXTENSIONS: Readonly<Record<string, string>> = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" };

export const extensionOf = (mediaType: string): string | null => EXTENSIONS[mediaType] ?? null;

export const mediaTypeOf = (extension: string): string | null =>
  Object.keys(EXTENSIONS).find((mediaType) => EXTENSIONS[mediaType] === extension) ?? null;
