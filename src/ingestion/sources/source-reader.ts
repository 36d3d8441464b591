import type { FileKind } from "../../documents/file-kind";
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

/** Gets a picture's or PDF's bytes from wherever a client says that they are. */
export class SourceReader {
  constructor(private readonly parts: SourceReaderParts) {}

  /** Throws FETCH_FORBIDDEN, FETCH_FAILED, TOO_LARGE, INVALID_IMAGE, INVALID_PDF or UPLOAD_NOT_FOUND. */
  async read(tenant: string, source: ImageSource, kind: FileKind = "picture"): Promise<Uint8Array> {
    const { fetcher, uploads, limits } = this.parts;
    const maxBytes = kind === "PDF" ? limits.maxPdfBytes : limits.maxImageBytes;
    switch (source.kind) {
      case "base64":
        return readInline(source.base64, maxBytes, kind);
      case "upload":
        return uploads.read(tenant, source.uploadId, kind);
      case "url":
        return isDataUrl(source.url)
          ? readInline(source.url, maxBytes, kind)
          : fetcher.fetch(parse(source.url, kind), kind);
    }
  }
}

function parse(given: string, kind: FileKind): URL {
  if (given.length <= MAX_URL_BYTES) {
    if (!URL.canParse(given))
      throw new AppError("FETCH_FORBIDDEN", "This is not a whole URL. Write it as: https://host/path.");
    const url = new URL(given);
    if (url.href.length <= MAX_URL_BYTES) return url;
  }
  throw new AppError(
    "FETCH_FORBIDDEN",
    `The URL has more than ${MAX_URL_BYTES} bytes once it is encoded. Send the ${kind} as base64 or upload it.`,
  );
}
