import type { Log } from "../../log";
import type { Document } from "../../documents/document";
import type { DocumentStore } from "../../ports/document-store";
import type { MediaStore } from "../../ports/media-store";
import { deleteUnshown } from "./delete-unshown";
import { picturesOf, type KeptPicture } from "./pictures-of";

/** How long a write may still come through of which the store has not said what became of it. */
const UNSURE_MS = 60_000;

export interface LeftPicturesParts {
  readonly store: DocumentStore;
  readonly media: MediaStore;
  /** Runs work while nothing with such content is being stored. */
  readonly alone: <T>(contentHashes: readonly string[], work: () => Promise<T>) => Promise<T>;
  readonly log: Log;
}

/** Pictures that may have lost the last document that shows them: looked at, and then deleted or not. */
export class LeftPictures {
  readonly #left = new Map<KeptPicture, number>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(private readonly parts: LeftPicturesParts) {}

  /** These documents are not stored any more, or not after all; `isSure` false: it may yet turn out that they are. */
  add(documents: readonly Document[], isSure = true): void {
    this.addPictures(picturesOf(documents), isSure);
  }

  addPictures(pictures: readonly KeptPicture[], isSure = true): void {
    const dueMs = Date.now() + (isSure ? 0 : UNSURE_MS);
    for (const picture of pictures) this.#left.set(picture, dueMs);
    if (!isSure) this.#later();
  }

  /** Deletes what is due and no document shows. What cannot be looked at or deleted now is tried again later. */
  async remove(): Promise<void> {
    const due = [...this.#left].filter(([, dueMs]) => dueMs <= Date.now()).map(([picture]) => picture);
    for (const picture of due) this.#left.delete(picture);
    for (const tenant of new Set(due.map((one) => one.tenant))) {
      await this.#removeOf(
        tenant,
        due.filter((one) => one.tenant === tenant),
      );
    }
    if (this.#left.size > 0) this.#later();
  }

  async #removeOf(tenant: string, pictures: readonly KeptPicture[]): Promise<void> {
    const { alone, log } = this.parts;
    const hashes = pictures.map(({ contentHash }) => contentHash);
    try {
      await alone(hashes, () => deleteUnshown(this.parts, tenant, pictures));
    } catch (error) {
      log.warn({ err: error, pictures: pictures.length }, "Pictures could not be deleted; trying again later");
      for (const picture of pictures) this.#left.set(picture, Date.now() + UNSURE_MS);
    }
  }

  /** What is left then is found by `parallax audit`. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #later(): void {
    if (this.#timer !== null || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.remove();
    }, UNSURE_MS);
    this.#timer.unref();
  }
}
