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
 * Turns a stranger's bytes into pictures. Results keep the order and length of the input; failures are INVALID_IMAGE,
 * UNSUPPORTED_MEDIA_TYPE or TOO_LARGE outcomes.
 */
export interface ImageDecoder {
  decode(files: readonly Uint8Array[], side: number): Promise<Outcome<DecodedImage>[]>;
  close(): Promise<void>;
}

/** Fetches a picture's bytes from a URL that a client named; throws FETCH_FORBIDDEN, FETCH_FAILED or TOO_LARGE. */
export interface ImageFetcher {
  fetch(url: URL): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Where a kept picture is found: tenant, content hash (64 hex digits) and media type. */
export interface MediaKey {
  readonly tenant: string;
  readonly contentHash: string;
  readonly mediaType: string;
}

/** A kept picture. */
export interface Media {
  readonly contentHash: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Keeps the cleaned copy of each picture by content hash. */
export interface MediaStore {
  /** Once it resolves, the bytes survive a crash of the process. Storing the same key again is harmless. */
  put(key: MediaKey, bytes: Uint8Array): Promise<void>;
  get(key: MediaKey): Promise<Uint8Array | null>;
  delete(keys: readonly MediaKey[]): Promise<void>;
  close(): Promise<void>;
}
