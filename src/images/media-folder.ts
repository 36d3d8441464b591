import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError, toAppError } from "../errors";
import type { MediaKey, MediaStore } from "../search/images";
import { extensionOf } from "./media-type";

const TENANT = /^[a-z0-9_-]{1,64}$/;
const HASH = /^[0-9a-f]{64}$/;
const UNFINISHED = ".tmp-";

/** Pictures in a local folder, `<tenant>/<first two digits>/<hash>.<ending>`. Clears away what a crash left unfinished. */
export async function openMediaFolder(root: string): Promise<MediaStore> {
  await mkdir(root, { recursive: true });
  await removeUnfinished(root);
  return new MediaFolder(root);
}

class MediaFolder implements MediaStore {
  constructor(private readonly root: string) {}

  async put(key: MediaKey, bytes: Uint8Array): Promise<void> {
    const path = this.#path(key);
    if ((await stat(path).catch(() => null)) !== null) return;
    const unfinished = join(dirname(path), `${UNFINISHED}${randomUUID()}`);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeWhole(unfinished, bytes);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw new AppError("STORE_UNAVAILABLE", "The picture could not be written to the media folder.", {
        cause: error,
      });
    }
  }

  async get(key: MediaKey): Promise<Uint8Array | null> {
    try {
      return await readFile(this.#path(key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw toAppError(error, "STORE_UNAVAILABLE", "The picture could not be read from the media folder.");
    }
  }

  async delete(keys: readonly MediaKey[]): Promise<void> {
    for (const key of keys) await rm(this.#path(key), { force: true });
  }

  async close(): Promise<void> {}

  /** Made of checked parts only: nothing that a client wrote gets into a path. */
  #path({ tenant, contentHash, mediaType }: MediaKey): string {
    const extension = extensionOf(mediaType);
    if (!TENANT.test(tenant) || !HASH.test(contentHash) || extension === null) {
      throw new AppError("INTERNAL_SERVER_ERROR", "A picture cannot be named so in the media folder.");
    }
    return join(this.root, tenant, contentHash.slice(0, 2), `${contentHash}.${extension}`);
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeUnfinished(root: string): Promise<void> {
  const entries = await readdir(root, { recursive: true });
  const unfinished = entries.filter((entry) => /(^|[/\\])\.tmp-[0-9a-f-]+$/.test(entry));
  await Promise.all(unfinished.map((entry) => rm(join(root, entry), { force: true })));
}
