import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createReadStream, type ReadStream } from "node:fs";
import {
  access,
  constants,
  mkdir,
  open,
  opendir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  type FileHandle,
} from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { AppError } from "../../errors";
import type { MediaKey, MediaStore, PictureFile } from "../../ports/media-store";
import { mediaName, parsePictureName, tenantFolder, thumbnailFolder } from "./media-name";

const UNFINISHED = ".tmp-";

/** Files in a local folder. Clears away what a crash left unfinished. Throws INVALID_CONFIGURATION when it cannot be used. */
export async function openMediaFolder(root: string): Promise<MediaStore> {
  try {
    await mkdir(root, { recursive: true });
    await access(root, constants.W_OK);
    await removeUnfinished(root);
  } catch (cause) {
    throw new AppError(
      "INVALID_CONFIGURATION",
      "The folder for pictures cannot be made, read or written. Set MEDIA_URI or DATA_FOLDER to one that can be written.",
      { cause },
    );
  }
  return new MediaFolder(root);
}

class MediaFolder implements MediaStore {
  constructor(private readonly root: string) {}

  async put(key: MediaKey, bytes: Uint8Array): Promise<void> {
    const path = this.#path(key);
    if ((await stat(path).catch(() => null)) === null) await store(path, (file) => written(file.writeFile(bytes)));
  }

  async putStream(key: MediaKey, source: AsyncIterable<Uint8Array>): Promise<void> {
    await store(this.#path(key), async (file) => {
      for await (const piece of source) await written(file.writeFile(piece));
    });
  }

  async get(key: MediaKey): Promise<Uint8Array | null> {
    const path = this.#path(key);
    return readFile(path).catch(absent);
  }

  async getStream(key: MediaKey): Promise<AsyncIterable<Uint8Array> | null> {
    const stream = createReadStream(this.#path(key));
    return once(stream, "open").then(() => pieces(stream), absent);
  }

  async has(key: MediaKey): Promise<boolean> {
    return (await stat(this.#path(key)).catch(absent)) !== null;
  }

  async *pictureFiles(tenant: string): AsyncGenerator<PictureFile> {
    const folder = await opendir(join(this.root, tenantFolder(tenant)), { recursive: true }).catch(absent);
    if (folder === null) return;
    for await (const entry of folder) {
      const path = join(entry.parentPath, entry.name);
      const named = parsePictureName(relative(this.root, path).replaceAll(sep, "/"));
      const found = named === null || !entry.isFile() ? null : await stat(path).catch(absent);
      if (found !== null) yield { ...named!, storedAt: found.mtime };
    }
  }

  async delete(keys: readonly MediaKey[]): Promise<void> {
    // A picture before its thumbnails: who makes one meanwhile finds the picture gone, see Thumbnails.
    const names = keys.flatMap((key) => [mediaName(key), ...(key.kind === "picture" ? [thumbnailFolder(key)] : [])]);
    try {
      for (const name of names) await rm(join(this.root, name), { recursive: true, force: true });
    } catch (cause) {
      throw new AppError("STORE_UNAVAILABLE", "A file could not be deleted from the media folder.", { cause });
    }
  }

  async close(): Promise<void> {}

  #path(key: MediaKey): string {
    return join(this.root, mediaName(key));
  }
}

/** Whole, synced and under its name, or not at all. Throws what `write` throws. */
async function store(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const unfinished = join(dirname(path), `${UNFINISHED}${randomUUID()}`);
  try {
    const file = await written(create(unfinished));
    try {
      await write(file);
      await written(file.sync());
    } finally {
      await file.close();
    }
    await written(rename(unfinished, path));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Nearly always its folder is there already. */
const create = (path: string): Promise<FileHandle> =>
  open(path, "wx").catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await mkdir(dirname(path), { recursive: true });
    return open(path, "wx");
  });

const written = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw new AppError("STORE_UNAVAILABLE", "The file could not be written to the media folder.", { cause });
  });

async function* pieces(stream: ReadStream): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(error);
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw unreadable(error);
}

const unreadable = (cause: unknown): AppError =>
  new AppError("STORE_UNAVAILABLE", "The file could not be read from the media folder.", { cause });

async function removeUnfinished(root: string): Promise<void> {
  const entries = await readdir(root, { recursive: true });
  const unfinished = entries.filter((entry) => /(^|[/\\])\.tmp-[0-9a-f-]+$/.test(entry));
  await Promise.all(unfinished.map((entry) => rm(join(root, entry), { force: true })));
}
