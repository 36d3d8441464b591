/** Fetches a picture's bytes from a URL that a client named; throws FETCH_FORBIDDEN, FETCH_FAILED or TOO_LARGE. */
export interface ImageFetcher {
  fetch(url: URL): Promise<Uint8Array>;
  close(): Promise<void>;
}
