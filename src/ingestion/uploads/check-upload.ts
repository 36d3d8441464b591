import type { FileKind } from "../../documents/file-kind";
import { PDF } from "../../documents/media-type";
import { AppError } from "../../errors";
import type { Limits } from "../../documents/limits";
import { UPLOAD_MEDIA_TYPES, type UploadRequest } from "./uploads";

/** What may be put, spelled as it is compared later. Throws BAD_USER_INPUT or TOO_LARGE. */
export function checkUpload({ mediaType, bytes, sha256 }: UploadRequest, limits: Limits): UploadRequest {
  const known = UPLOAD_MEDIA_TYPES.find((one) => one === mediaType.trim().toLowerCase());
  if (known === undefined) throw wrong(`\`mediaType\` must be one of ${UPLOAD_MEDIA_TYPES.join(", ")}.`);
  const maxBytes = maxBytesOf(kindOf(known), limits);
  if (!Number.isInteger(bytes) || bytes < 1) throw wrong("`bytes` must be the size of the file, at least 1.");
  if (bytes > maxBytes) {
    throw new AppError("TOO_LARGE", `The file has ${bytes} bytes; of ${known} at most ${maxBytes} are taken.`);
  }
  if (sha256 !== null && !/^[0-9a-f]{64}$/i.test(sha256)) throw wrong("`sha256` must be 64 hexadecimal digits.");
  return { mediaType: known, bytes, sha256: sha256?.toLowerCase() ?? null };
}

/** What an upload of that media type can be used as; null: a list of items. */
export const kindOf = (mediaType: string): FileKind | null =>
  mediaType.startsWith("image/") ? "picture" : mediaType === PDF ? "PDF" : null;

function maxBytesOf(kind: FileKind | null, { maxImageBytes, maxPdfBytes, maxUploadBytes }: Limits): number {
  if (kind === null) return maxUploadBytes;
  return kind === "PDF" ? maxPdfBytes : maxImageBytes;
}

const wrong = (message: string): AppError => new AppError("BAD_USER_INPUT", message);
