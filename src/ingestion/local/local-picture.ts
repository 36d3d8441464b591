import { open, stat, type FileHandle } from "node:fs/promises";
import { extname } from "node:path";
import { AppError } from "../../errors";
import { HEAD_BYTES, sniff } from "../../documents/sniff";

/** A picture's file on this machine, as it was when it was found. */
export interface LocalPicture {
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Who has these in a folder of pictures wants to know what became of them, whatever their bytes are. */
const PICTURE_ENDINGS = new Set(
  ".jpg .jpeg .jpe .jfif .png .webp .gif .avif .heic .heif .svg .tif .tiff .bmp .jxl .jp2 .psd".split(" "),
);

/** Whether a file's name says that it is a picture, of whatever kind. */
export const isPictureName = (path: string): boolean => PICTURE_ENDINGS.has(extname(path).toLowerCase());

/**
 * A picture's file, told by its first bytes, whatever its name says. Throws UNSUPPORTED_MEDIA_TYPE for another file,
 * INVALID_IMAGE for an empty one, INVALID_ITEM for one that is not there or cannot be read.
 */
export async function localPicture(path: string): Promise<LocalPicture> {
  const { head, bytes, modifiedMs } = await readHead(path);
  if (bytes === 0) throw new AppError("INVALID_IMAGE", "The file is empty.");
  const sniffed = sniff(head);
  if ("format" in sniffed) return { path, mediaType: `image/${sniffed.format}`, bytes, modifiedMs };
  throw new AppError(
    "UNSUPPORTED_MEDIA_TYPE",
    `By its first bytes it is ${sniffed.looksLike}, which is not an accepted picture format. Convert it to JPEG, PNG, WebP, GIF or AVIF.`,
  );
}

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
    throw new AppError("INVALID_ITEM", `The picture's file ${whyUnread(cause)}.`, { cause });
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
