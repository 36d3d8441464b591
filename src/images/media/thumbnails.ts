import type { ImageDecoder } from "../../ports/image-decoder";
import type { MediaStore, ThumbnailKey } from "../../ports/media-store";
import { mediaName } from "./media-name";

/** Pictures that are scaled down at once: each is in memory whole, and decoding for ingestion must not wait for all. */
const MADE_AT_ONCE = 2;

/** Thumbnails, made when they are first asked for and kept in the media store. */
export class Thumbnails {
  readonly #running = new Map<string, Promise<Uint8Array | null>>();
  readonly #waiting: (() => void)[] = [];
  #making = 0;

  constructor(
    private readonly media: MediaStore,
    private readonly decoder: ImageDecoder,
  ) {}

  /** Null: there is no such picture. Who asks for one that is being made gets the same. Throws as store and decoder do. */
  read(key: ThumbnailKey): Promise<Uint8Array | null> {
    const name = mediaName({ kind: "thumbnail", ...key });
    const running = this.#running.get(name) ?? this.#find(key).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
  }

  async #find(key: ThumbnailKey): Promise<Uint8Array | null> {
    const kept = await this.media.get({ kind: "thumbnail", ...key });
    if (kept !== null) return kept;
    if (this.#making === MADE_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#making++;
    try {
      return await this.#make(key);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#making--;
    }
  }

  async #make(key: ThumbnailKey): Promise<Uint8Array | null> {
    const picture = { kind: "picture", ...key.picture } as const;
    const file = await this.media.get(picture);
    if (file === null) return null;
    const bytes = await this.decoder.thumbnail(file, key.width, key.mediaType);
    await this.media.put({ kind: "thumbnail", ...key }, bytes);
    // Deleted meanwhile, after its thumbnails were: this one must not stay behind.
    if ((await this.media.get(picture)) !== null) return bytes;
    await this.media.delete([{ kind: "thumbnail", ...key }]);
    return null;
  }
}
