import type { ThumbnailType } from "../documents/thumbnail";

/** Where a kept picture, or the PDF that pages are of, is found: tenant, content hash (64 hex digits) and media type. */
export interface PictureKey {
  readonly tenant: string;
  readonly contentHash: string;
  readonly mediaType: string;
}

/** A smaller copy of a kept picture; it goes when the picture goes. */
export interface ThumbnailKey {
  readonly picture: PictureKey;
  /** One of THUMBNAIL_WIDTHS, in pixels. */
  readonly width: number;
  readonly mediaType: ThumbnailType;
}

/** A file that a client put before it named what it is for. `id`: 32 lowercase hex digits. */
export interface UploadKey {
  readonly tenant: string;
  readonly id: string;
}

export type MediaKey =
  | ({ readonly kind: "picture" } & PictureKey)
  | ({ readonly kind: "thumbnail" } & ThumbnailKey)
  | ({ readonly kind: "upload" } & UploadKey);

/** A file that a media store holds of a picture: the picture itself, or with `mediaType` null a thumbnail of it. */
export interface PictureFile {
  readonly tenant: string;
  readonly contentHash: string;
  readonly mediaType: string | null;
  readonly storedAt: Date;
}

/** A kept file as it is served. */
export interface Media {
  /** Changes whenever the bytes do. */
  readonly etag: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * Keeps files by key: the cleaned copy of each picture, thumbnails, uploads. Throws STORE_UNAVAILABLE when it cannot be
 * read or written.
 */
export interface MediaStore {
  /** Once it resolves, the bytes survive a crash of the process. Storing the same key again is harmless. */
  put(key: MediaKey, bytes: Uint8Array): Promise<void>;
  /** As `put`, for bytes that come in pieces. Keeps nothing, and throws what `source` threw, when the source fails. */
  putStream(key: MediaKey, source: AsyncIterable<Uint8Array>): Promise<void>;
  get(key: MediaKey): Promise<Uint8Array | null>;
  /** As `get`, in pieces. */
  getStream(key: MediaKey): Promise<AsyncIterable<Uint8Array> | null>;
  has(key: MediaKey): Promise<boolean>;
  /** Every file of the tenant's pictures and their thumbnails. */
  pictureFiles(tenant: string): AsyncIterable<PictureFile>;
  /** Deletes files; of pictures also every thumbnail. What is not there is no fault. */
  delete(keys: readonly MediaKey[]): Promise<void>;
  close(): Promise<void>;
}
