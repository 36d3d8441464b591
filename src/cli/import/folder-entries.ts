import type { Dirent } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { AppError } from "../../errors";
import { staysInside } from "./inside-folder";
import type { Common, Found } from "./entry";
import { isPictureName, localPicture } from "./local-picture";
import { toFailure } from "./to-failure";

/**
 * The pictures of a folder and of those below it, sorted by path. Hidden files, links to folders and links that lead out
 * of the folder are passed over. Throws BAD_USER_INPUT for a folder that cannot be read.
 */
export async function* folderEntries(folder: string, common: Common): AsyncGenerator<Found> {
  const root = await realpath(folder);
  for await (const file of filesIn(root, "")) {
    const isOurs = isPictureName(file.name) && (!file.isLink || (await staysInside(root, join(root, file.name))));
    yield isOurs ? await pictureEntry(root, file.name, common) : { kind: "other" };
  }
}

async function pictureEntry(root: string, name: string, { keyPrefix, metadata }: Common): Promise<Found> {
  const file = name.replaceAll(sep, "/");
  const key = `${keyPrefix}${file}`;
  const origin = { file };
  try {
    return { kind: "entry", origin, item: { key, metadata }, picture: await localPicture(join(root, name)) };
  } catch (error) {
    return toFailure(origin, key, error);
  }
}

interface File {
  /** Path in the folder. */
  readonly name: string;
  readonly isLink: boolean;
}

async function* filesIn(root: string, folder: string): AsyncGenerator<File> {
  const entries = (await read(join(root, folder))).filter(({ name }) => !name.startsWith("."));
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(root, name);
    else if (entry.isFile() || entry.isSymbolicLink()) yield { name, isLink: entry.isSymbolicLink() };
  }
}

async function read(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError("BAD_USER_INPUT", `The folder ${folder} cannot be read.`, { cause });
  });
}
