import { AppError } from "../../errors";
import type { ImageFetcher } from "../../ports/image-fetcher";
import type { ImageSource } from "../../documents/item";
import type { Limits } from "../../documents/limits";
import type { Uploads } from "../uploads/uploads";
import { isDataUrl, readInline } from "./read-inline";

/** Of a URL as it is stored: encoded, so that its characters are its bytes. */
const MAX_URL_BYTES = 8_000;

export interface SourceReaderParts {
  readonly fetcher: ImageFetcher;
  readonly uploads: Uploads;
  readonly limits: Limits;
}

/** Gets a picture's bytes from wherever a client says that they are. */
export class SourceReader {
  constructor(private readonly parts: SourceReaderParts) {}

  /** Throws FETCH_FORBIDDEN, FETCH_FAILED, TOO_LARGE, INVALID_IMAGE or UPLOAD_NOT_FOUND. */
  async read(tenant: string, source: ImageSource): Promise<Uint8Array> {
    const { fetcher, uploads, limits } = this.parts;
    switch (source.kind) {
      case "base64":
        return readInline(source.base64, limits.maxImageBytes);
      case "upload":
        return uploads.read(tenant, source.uploadId);
      case "url":
        return isDataUrl(source.url) ? readInline(source.url, limits.maxImageBytes) : fetcher.fetch(parse(source.url));
    }
  }
}

function parse(given: string): URL {
  if (given.length <= MAX_URL_BYTES) {
    if (!URL.canParse(given))
      throw new AppError("FETCH_FORBIDDEN", "This is not a whole URL. Write it as: https://host/path.");
    const url = new URL(given);
    if (url.href.length <= MAX_URL_BYTES) return url;
  }
  throw new AppError(
    "FETCH_FORBIDDEN",
    `The URL has more than ${MAX_URL_BYTES} bytes once it is encoded. Send the picture as base64 or upload it.`,
  );
}
