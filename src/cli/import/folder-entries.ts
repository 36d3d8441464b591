import { realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { AppError } from "../../errors";
import type { Common, Found } from "./entry";
import { folderFiles, type FolderPart } from "./folder-files";
import { staysInside } from "../../ingestion/local/inside-folder";
import { isFileName, isPdf, localFile, whyUnread, type LocalFile } from "../../ingestion/local/local-file";
import { toFailure } from "./to-failure";

/**
 * The pictures and PDFs of a folder and of those below it, told by their first bytes and sorted by path. Hidden files, folders of
 * previews, links to folders and links that lead out of the folder are passed over; what cannot be read is a failure, and the
 * rest goes on. Throws BAD_USER_INPUT for a folder that cannot be read itself.
 */
export async function* folderEntries(folder: string, common: Common): AsyncGenerator<Found> {
  const root = await realpath(folder);
  for await (const part of folderFiles(root)) {
    if (part.kind === "passedOver") yield part;
    else yield part.kind === "fault" ? failure(part.name, common, part.error) : await fileEntry(root, part, common);
  }
}

async function fileEntry(root: string, file: Extract<FolderPart, { kind: "file" }>, common: Common): Promise<Found> {
  const { name, isLink } = file;
  try {
    if (isLink && !(await leadsToFile(root, name))) return { kind: "other" };
    const found = await fileOf(join(root, name));
    if (found === null) return { kind: "other" };
    if (hasControlCharacters(name)) throw unusableName();
    return {
      kind: "entry",
      origin: { file: keyOf(name) },
      item: { ...itemOf(name, common), ...pagesOf(found, common) },
      file: found,
    };
  } catch (error) {
    return failure(name, common, error);
  }
}

/** Null: neither by its bytes nor by its name a picture or PDF. */
async function fileOf(path: string): Promise<LocalFile | null> {
  try {
    return await localFile(path);
  } catch (error) {
    const { code } = error as AppError;
    if (code !== "INVALID_ITEM" && !isFileName(path)) return null;
    throw error;
  }
}

/** Whether a link leads to a file of the folder. Throws INVALID_ITEM for one that leads nowhere. */
async function leadsToFile(root: string, name: string): Promise<boolean> {
  const found = await stat(join(root, name)).catch((cause: unknown) => {
    throw new AppError("INVALID_ITEM", `What the link leads to ${whyUnread(cause)}.`, { cause });
  });
  return found.isFile() && (await staysInside(root, join(root, name)));
}

const keyOf = (name: string): string => name.replaceAll(sep, "/");

const itemOf = (name: string, { keyPrefix, metadata }: Common) => ({ key: `${keyPrefix}${keyOf(name)}`, metadata });

/** What an item of a PDF says besides. */
export const pagesOf = (file: LocalFile, { pagePictures }: Common) =>
  isPdf(file) && pagePictures ? { pictures: true } : {};

const failure = (name: string, common: Common, error: unknown): Found =>
  toFailure({ file: keyOf(name) }, itemOf(name, common).key, error);

// eslint-disable-next-line no-control-regex -- these are what no key may hold
const hasControlCharacters = (name: string): boolean => /[\u0000-\u001f\u007f]/.test(name);

const unusableName = (): AppError =>
  new AppError(
    "INVALID_KEY",
    "The name holds a line feed or another control character, so that it can be no key. Rename it.",
  );
