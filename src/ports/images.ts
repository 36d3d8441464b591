import type { Outcome } from "../errors";
import type { Pixels } from "./encoder";

/** A picture that has been read whole, turned upright and cleaned of metadata. */
export interface DecodedImage {
  /** Cut to the middle square and scaled to the side that was asked for; transparency on white. */
  readonly pixels: Pixels;
  /** Size in pixels, upright, of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** The whole picture encoded again, without metadata: safe to show. */
  readonly cleaned: Uint8Array;
  /** Media type of `cleaned`. */
  readonly mediaType: string;
}

/**
 * Formats of thumbnails: every browser of today shows WebP, AVIF is smaller and slower to make. Every chat model's server takes
 * JPEG, which is not given to browsers.
 */
export type ThumbnailType = "image/webp" | "image/avif" | "image/jpeg";

/** Who waits for a picture: a query comes before documents, which come by the hundred. */
export type Urgency = "query" | "document";

/**
 * Turns a stranger's bytes into pictures. Results keep the order and length of the input; failures are INVALID_IMAGE,
 * UNSUPPORTED_MEDIA_TYPE or TOO_LARGE outcomes.
 */
export interface ImageDecoder {
  /** `urgency`: "document" unless it is said otherwise. */
  decode(files: readonly Uint8Array[], side: number, urgency?: Urgency): Promise<Outcome<DecodedImage>[]>;
  /** A copy at most `width` pixels wide and at most twice as high, never enlarged. Throws as `decode` fails. */
  thumbnail(file: Uint8Array, width: number, mediaType: ThumbnailType): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Fetches a picture's bytes from a URL that a client named; throws FETCH_FORBIDDEN, FETCH_FAILED or TOO_LARGE. */
export interface ImageFetcher {
  fetch(url: URL): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Where a kept picture is found: tenant, content hash (64 hex digits) and media type. */
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

/** The widths that thumbnails come in, so that a client cannot fill the store with every number there is. */
export const THUMBNAIL_WIDTHS = [64, 128, 256, 384, 512, 768, 1024, 1536, 2048] as const;

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
