import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Document } from "../documents/document";
import { extensionOf } from "../documents/media-type";
import { inParallel } from "../in-parallel";
import { picturesOf, type KeptPicture } from "../ingestion/pictures/pictures-of";
import type { MediaStore } from "../ports/media-store";
import { picturesFolder } from "./manifest";

const AT_ONCE = 8;

/** The pictures of an export, a file each, named by content hash. */
export class PictureFiles {
  /** Files that were written. */
  written = 0;
  /** Content hashes of pictures that the media store does not have. */
  readonly missing: string[] = [];
  readonly #seen = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly media: MediaStore,
  ) {}

  /** Writes the pictures of documents, each once. */
  async save(documents: readonly Document[]): Promise<void> {
    await mkdir(picturesFolder(this.folder), { recursive: true });
    await inParallel(this.#fresh(documents), AT_ONCE, async (picture) => {
      const bytes = await this.media.getStream(picture);
      if (bytes === null) return void this.missing.push(picture.contentHash);
      await pipeline(Readable.from(bytes), createWriteStream(this.#path(picture)));
      this.written++;
    });
  }

  /** Puts pictures into the media store; those of them that are neither in the export nor there already. */
  async restore(documents: readonly Document[]): Promise<ReadonlySet<string>> {
    const lost = new Set<string>();
    await inParallel(this.#fresh(documents), AT_ONCE, async (picture) => {
      const path = this.#path(picture);
      if (await isFile(path)) {
        await this.media.putStream(picture, createReadStream(path));
        this.written++;
      } else if (!(await this.media.has(picture))) {
        lost.add(picture.contentHash);
        this.#seen.delete(picture.contentHash);
      }
    });
    return lost;
  }

  /** Those pictures that no document before had. */
  #fresh(documents: readonly Document[]): KeptPicture[] {
    return picturesOf(documents).filter(
      ({ contentHash }) => !this.#seen.has(contentHash) && this.#seen.add(contentHash),
    );
  }

  #path({ contentHash, mediaType }: KeptPicture): string {
    return join(picturesFolder(this.folder), `${contentHash}.${extensionOf(mediaType) ?? "bin"}`);
  }
}

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() ?? false;
