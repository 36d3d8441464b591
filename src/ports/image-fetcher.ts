import type { FileKind } from "../documents/file-kind";

/** Fetches a picture's bytes from a URL, or a PDF's, that a client named; throws FETCH_FORBIDDEN, FETCH_FAILED or TOO_LARGE. */
export interface ImageFetcher {
  /** `kind`: a picture unless it is said otherwise. */
  fetch(url: URL, kind?: FileKind): Promise<Uint8Array>;
  close(): Promise<void>;
}
