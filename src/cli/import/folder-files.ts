import { isUtf8 } from "node:buffer";
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors";
import { whyUnread } from "../../ingestion/local/local-file";
import { isPassedOver } from "./passed-over";

/** What a folder holds: a file, a folder that is passed over, or something that could not be looked at. */
export type FolderPart =
  | { readonly kind: "file"; readonly name: string; readonly isLink: boolean }
  | { readonly kind: "passedOver"; readonly folder: string }
  | { readonly kind: "fault"; readonly name: string; readonly error: AppError };

/**
 * Files of a folder and of those below it, sorted, by their paths in it. Hidden ones are left out. What cannot be read is told
 * and holds nothing else back, but for the folder itself: then this throws BAD_USER_INPUT.
 */
export async function* folderFiles(root: string, folder = ""): AsyncGenerator<FolderPart> {
  const { entries, fault } = await read(join(root, folder));
  if (fault !== null) {
    const message = `The folder ${whyUnread(fault)}.`;
    if (folder === "") throw new AppError("BAD_USER_INPUT", `${root}: ${message}`, { cause: fault });
    const error = new AppError("INVALID_ITEM", `${message} What is in it is not imported.`, { cause: fault });
    return yield { kind: "fault", name: folder, error };
  }
  for (const entry of entries) {
    const bytes = entry.name;
    const name = join(folder, bytes.toString());
    if (entry.isDirectory() && isPassedOver(bytes.toString())) yield { kind: "passedOver", folder: name };
    else if (bytes[0] === DOT) continue;
    else if (!isUtf8(bytes)) yield { kind: "fault", name: join(folder, bytes.toString("latin1")), error: noText };
    else if (entry.isDirectory()) yield* folderFiles(root, name);
    else if (entry.isFile() || entry.isSymbolicLink()) yield { kind: "file", name, isLink: entry.isSymbolicLink() };
  }
}

const DOT = ".".charCodeAt(0);

const noText = new AppError(
  "INVALID_ITEM",
  "The name is not UTF-8, so that it can be no key. Rename it; it is not imported, nor what is in it.",
);

/** Names as they are on the disk: one that is not UTF-8 would not be found again by what it reads as. */
async function read(folder: string): Promise<{ entries: Dirent<Buffer>[]; fault: unknown }> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, encoding: "buffer" });
    return { entries: entries.toSorted((a, b) => a.name.compare(b.name)), fault: null };
  } catch (fault) {
    return { entries: [], fault };
  }
}
