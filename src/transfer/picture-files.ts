import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extensionOf } from "../documents/media-type";
import type { Document, ImageDocument } from "../documents/document";
import type { MediaKey, MediaStore } from "../ports/images";
import { inParallel } from "../in-parallel";
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
    const fresh = picturesOf(documents).filter(
      ({ contentHash }) => !this.#seen.has(contentHash) && this.#seen.add(contentHash),
    );
    await inParallel(fresh, AT_ONCE, async (picture) => {
      const bytes = await this.media.getStream(keyOf(picture));
      if (bytes === null) return void this.missing.push(picture.contentHash);
      await pipeline(Readable.from(bytes), createWriteStream(this.#path(picture)));
      this.written++;
    });
  }

  /** Puts pictures into the media store; those of them that are neither in the export nor there already. */
  async restore(documents: readonly Document[]): Promise<ReadonlySet<string>> {
    const lost = new Set<string>();
    const fresh = picturesOf(documents).filter(
      ({ contentHash }) => !this.#seen.has(contentHash) && this.#seen.add(contentHash),
    );
    await inParallel(fresh, AT_ONCE, async (picture) => {
      const path = this.#path(picture);
      if (await isFile(path)) {
        await this.media.putStream(keyOf(picture), createReadStream(path));
        this.written++;
      } else if (!(await this.#isKept(picture))) {
        lost.add(picture.contentHash);
        this.#seen.delete(picture.contentHash);
      }
    });
    return lost;
  }

  async #isKept(picture: ImageDocument): Promise<boolean> {
    const bytes = await this.media.getStream(keyOf(picture));
    if (bytes === null) return false;
    for await (const _ of bytes) break;
    return true;
  }

  #path({ contentHash, mediaType }: ImageDocument): string {
    return join(picturesFolder(this.folder), `${contentHash}.${extensionOf(mediaType) ?? "bin"}`);
  }
}

const picturesOf = (documents: readonly Document[]): ImageDocument[] =>
  documents.flatMap((one) => (one.modality === "image" ? [one] : []));

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() ?? false;

const keyOf = ({ tenant, contentHash, mediaType }: ImageDocument): MediaKey => ({
  kind: "picture",
  tenant,
  contentHash,
  mediaType,
});
