import type { FileKind } from "../../documents/file-kind";
import { PDF } from "../../documents/media-type";
import type { Upload } from "../../ports/ledger";

/** What a client says of a file before it puts it. */
export interface UploadRequest {
  /** One of UPLOAD_MEDIA_TYPES. */
  readonly mediaType: string;
  readonly bytes: number;
  /** 64 hex digits; null: not checked. */
  readonly sha256: string | null;
}

/** What an upload's URL says: that this server let its holder put these bytes until then. */
export interface UploadLink {
  readonly tenant: string;
  readonly id: string;
  readonly expiresAt: Date;
  /** HMAC-SHA256 of the rest: 64 hex digits. */
  readonly signature: string;
}

/** Pictures, for `ImageSource` and `ImageQuery`; PDFs and lists of items, for jobs. */
export const UPLOAD_MEDIA_TYPES = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/avif",
  "image/heic",
  "image/heif",
  // What some systems call JPEG.
  "image/jpg",
  "image/pjpeg",
  PDF,
  "application/x-ndjson",
  "text/csv",
] as const;

/** Files that clients put beside GraphQL, to name them in it. Throws as ledger and media store do. */
export interface Uploads {
  /** Lets a client put a file. Throws BAD_USER_INPUT or TOO_LARGE. */
  create(tenant: string, request: UploadRequest): Promise<UploadLink>;
  /** What a link lets its holder put. Throws INVALID_UPLOAD for one that is not ours or too old, UPLOAD_NOT_FOUND. */
  admit(link: UploadLink): Promise<Upload>;
  /**
   * Stores an upload's bytes, all or none of them. The same bytes again are harmless; "conflict": others are stored already.
   * Throws INVALID_UPLOAD or TOO_LARGE when they are not what was announced, and what `source` throws.
   */
  receive(upload: Upload, source: AsyncIterable<Uint8Array>): Promise<"stored" | "conflict">;
  /** A picture's or PDF's bytes. Throws UPLOAD_NOT_FOUND, or UNSUPPORTED_MEDIA_TYPE for an upload that is none. */
  read(tenant: string, id: string, kind: FileKind): Promise<Uint8Array>;
  /** An upload's bytes in pieces. Throws UPLOAD_NOT_FOUND. */
  open(tenant: string, id: string): Promise<{ readonly mediaType: string; readonly bytes: AsyncIterable<Uint8Array> }>;
}
