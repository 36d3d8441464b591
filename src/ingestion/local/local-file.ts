import { open, stat, type FileHandle } from "node:fs/promises";
import { extname } from "node:path";
import type { FileKind } from "../../documents/file-kind";
import { PDF } from "../../documents/media-type";
import { AppError } from "../../errors";
import { HEAD_BYTES, sniff } from "../../documents/sniff";

/** A picture's or PDF's file on this machine, as it was when it was found. */
export interface LocalFile {
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Who has these in a folder wants to know what became of them, whatever their bytes are. */
const ENDINGS = new Set(
  ".jpg .jpeg .jpe .jfif .png .webp .gif .avif .heic .heif .svg .tif .tiff .bmp .jxl .jp2 .psd .pdf".split(" "),
);

/** Whether it is a PDF, of the two. */
export const isPdf = ({ mediaType }: LocalFile): boolean => mediaType === PDF;

/** Whether a file's name says that it is a picture, of whatever kind, or a PDF. */
export const isFileName = (path: string): boolean => ENDINGS.has(extname(path).toLowerCase());

/**
 * A file, told by its first bytes, whatever its name says; `wanted`: only of that kind. Throws UNSUPPORTED_MEDIA_TYPE for
 * another file, INVALID_IMAGE or INVALID_PDF for an empty one, INVALID_ITEM for one that is not there or cannot be read.
 */
export async function localFile(path: string, wanted: FileKind | "either" = "either"): Promise<LocalFile> {
  const { head, bytes, modifiedMs } = await readHead(path);
  const isNamedPdf = wanted === "either" ? extname(path).toLowerCase() === ".pdf" : wanted === "PDF";
  if (bytes === 0) throw new AppError(isNamedPdf ? "INVALID_PDF" : "INVALID_IMAGE", "The file is empty.");
  const sniffed = sniff(head);
  const mediaType = "format" in sniffed ? `image/${sniffed.format}` : sniffed.looksLike === "PDF" ? PDF : null;
  const isWanted = wanted === "either" || (wanted === "PDF") === (mediaType === PDF);
  if (mediaType !== null && isWanted) return { path, mediaType, bytes, modifiedMs };
  const what = "format" in sniffed ? `a picture (${sniffed.format})` : sniffed.looksLike;
  throw new AppError("UNSUPPORTED_MEDIA_TYPE", `By its first bytes it is ${what}, ${isNamedPdf ? NO_PDF : NO_PICTURE}`);
}

const NO_PDF = "which is not a PDF. Is it the right file?";
const NO_PICTURE = "which is not an accepted picture format. Convert it to JPEG, PNG, WebP, GIF or AVIF.";

async function readHead(path: string): Promise<{ head: Uint8Array; bytes: number; modifiedMs: number }> {
  let file: FileHandle | null = null;
  try {
    const found = await stat(path);
    // To open a pipe would wait for who writes to it.
    if (!found.isFile()) throw Object.assign(new Error("no file"), { code: "EISDIR" });
    file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { head: buffer.subarray(0, bytesRead), bytes: found.size, modifiedMs: found.mtimeMs };
  } catch (cause) {
    throw new AppError("INVALID_ITEM", `The file ${whyUnread(cause)}.`, { cause });
  } finally {
    await file?.close();
  }
}

/** Why a file or folder could not be read, after its name: "is not there". */
export function whyUnread(cause: unknown): string {
  const { code } = cause as { code?: string };
  return (code !== undefined && WHY[code]) || `cannot be read (${code ?? String(cause)})`;
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  ENOTDIR: "is not there",
  EISDIR: "is no file",
  EACCES: "may not be read by you: check its permissions",
  EPERM: "may not be read by you: check its permissions",
  ELOOP: "is a link that leads in a circle",
};
