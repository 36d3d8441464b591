import { AppError, failed, succeeded, toAppError, unwrap, type Outcome } from "../errors";
import type { EmbeddedDocument } from "../search/document";
import type { DocumentStore } from "../search/document-store";
import type { Encoder, Pixels } from "../search/encoder";
import type { Filter } from "../search/filter";
import type { DecodedImage, ImageDecoder, ImageFetcher, MediaStore, PictureKey } from "../search/images";
import type { ImageItem, ImageSource, Ingested, Intake, TextItem } from "../search/intake";
import type { Limits } from "../search/limits";
import type { Uploads } from "../search/uploads";
import { imageDraft, type ImageDraft } from "./image-draft";
import { ingestDrafts } from "./ingest-drafts";
import { readBase64 } from "./read-base64";
import { SharedLock } from "./shared-lock";
import { textDraft, type TextDraft } from "./text-draft";

/** Pictures that are held in memory at once; at the default limit of 20 MiB each. */
const IMAGES_AT_ONCE = 16;
const MAX_URL_LENGTH = 8_000;
/** Documents that are deleted at once. */
const DELETED_AT_ONCE = 1_000;

export interface IngesterParts {
  readonly store: DocumentStore;
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly fetcher: ImageFetcher;
  readonly media: MediaStore;
  readonly uploads: Uploads;
  readonly limits: Limits;
}

/** Takes texts and pictures in, and out again. */
export class Ingester implements Intake {
  /** A picture must not be deleted as the last of its kind while the next document that shows it is being stored. */
  readonly #media = new SharedLock();

  constructor(private readonly parts: IngesterParts) {}

  ingestTexts(tenant: string, items: readonly TextItem[]): Promise<Outcome<Ingested>[]> {
    const drafts = items.map((item) => attempt(() => textDraft(tenant, item, this.parts.limits)));
    return ingestDrafts(this.parts.store, tenant, drafts, (missing) => this.#embedTexts(missing));
  }

  async ingestImages(tenant: string, items: readonly ImageItem[]): Promise<Outcome<Ingested>[]> {
    const results: Outcome<Ingested>[] = [];
    for (let at = 0; at < items.length; at += IMAGES_AT_ONCE) {
      const drafts = await Promise.all(
        items.slice(at, at + IMAGES_AT_ONCE).map((item) => this.#imageDraft(tenant, item)),
      );
      const stored = await this.#media.share(() =>
        ingestDrafts(this.parts.store, tenant, drafts, (missing) => this.#embedImages(missing)),
      );
      results.push(...stored);
    }
    return results;
  }

  async readQueryImage(tenant: string, source: ImageSource): Promise<Pixels> {
    const [decoded] = await this.parts.decoder.decode([await this.#read(tenant, source)], this.parts.encoder.imageSide);
    return unwrap(decoded!).pixels;
  }

  async deleteDocuments(tenant: string, filter: Filter): Promise<number> {
    const { store } = this.parts;
    return this.#media.alone(async () => {
      let deleted = 0;
      for (;;) {
        const documents = await store.page({ tenant, filter, afterId: null, limit: DELETED_AT_ONCE });
        if (documents.length === 0) return deleted;
        deleted += await store.delete(tenant, { kind: "id", in: documents.map(({ id }) => id) });
        await this.#deleteMedia(documents.flatMap((one) => (one.modality === "image" ? [one] : [])));
      }
    });
  }

  async clear(tenant: string): Promise<void> {
    const { store, media } = this.parts;
    await this.#media.alone(async () => {
      const keys: PictureKey[] = [];
      const filter: Filter = { kind: "modality", modality: "image" };
      for (let afterId: string | null = null; ;) {
        const page = await store.page({ tenant, filter, afterId, limit: DELETED_AT_ONCE });
        for (const one of page) if (one.modality === "image") keys.push(one);
        if (page.length < DELETED_AT_ONCE) break;
        afterId = page.at(-1)!.id;
      }
      await store.clear();
      await media.delete(keys.map((key) => ({ ...key, kind: "picture" })));
    });
  }

  /** Of deleted documents' pictures those that no document shows any more. */
  async #deleteMedia(keys: readonly PictureKey[]): Promise<void> {
    if (keys.length === 0) return;
    const shown = await this.parts.store.findByContent(
      keys[0]!.tenant,
      keys.map((key) => key.contentHash),
    );
    const hidden = keys.filter((_, i) => shown[i] === null);
    await this.parts.media.delete(hidden.map((key) => ({ ...key, kind: "picture" })));
  }

  async #imageDraft(tenant: string, item: ImageItem): Promise<Outcome<ImageDraft>> {
    try {
      return succeeded(imageDraft(tenant, item, await this.#read(tenant, item.source), this.parts.limits));
    } catch (thrown) {
      return failed(toAppError(thrown, "INTERNAL_SERVER_ERROR", "The picture could not be read."));
    }
  }

  async #read(tenant: string, source: ImageSource): Promise<Uint8Array> {
    if (source.kind === "base64") return readBase64(source.base64, this.parts.limits.maxImageBytes);
    if (source.kind === "upload") return this.parts.uploads.read(tenant, source.uploadId);
    if (source.url.length <= MAX_URL_LENGTH) return this.parts.fetcher.fetch(new URL(source.url));
    throw new AppError(
      "FETCH_FORBIDDEN",
      `The URL is longer than ${MAX_URL_LENGTH} characters. Send the picture as base64.`,
    );
  }

  async #embedTexts(drafts: readonly TextDraft[]): Promise<Outcome<EmbeddedDocument>[]> {
    const embeddings = await this.parts.encoder.encodeTexts(
      drafts.map(({ text }) => text),
      "document",
    );
    return embeddings.map((one, i) => (one.ok ? succeeded(drafts[i]!.complete(one.value)) : one));
  }

  async #embedImages(drafts: readonly ImageDraft[]): Promise<Outcome<EmbeddedDocument>[]> {
    const { decoder, encoder } = this.parts;
    const decoded = await decoder.decode(
      drafts.map(({ bytes }) => bytes),
      encoder.imageSide,
    );
    const kept = await Promise.all(decoded.map((one, i) => (one.ok ? this.#keep(drafts[i]!, one.value) : one)));
    const readable = kept.flatMap((one) => (one.ok ? [one.value.pixels] : []));
    const embeddings = (await encoder.encodeImages(readable, "document")).values();
    return kept.map((one, i) => {
      if (!one.ok) return one;
      const embedding = embeddings.next().value!;
      return embedding.ok ? succeeded(drafts[i]!.complete(one.value, embedding.value.vector)) : embedding;
    });
  }

  /** Keeps the cleaned copy before the document exists, so that no document ever lacks its picture. */
  async #keep({ tenant, contentHash }: ImageDraft, image: DecodedImage): Promise<Outcome<DecodedImage>> {
    try {
      await this.parts.media.put({ kind: "picture", tenant, contentHash, mediaType: image.mediaType }, image.cleaned);
      return succeeded(image);
    } catch (thrown) {
      return failed(toAppError(thrown, "STORE_UNAVAILABLE", "The picture could not be kept. Try again later."));
    }
  }
}

function attempt<T>(work: () => T): Outcome<T> {
  try {
    return succeeded(work());
  } catch (thrown) {
    return failed(toAppError(thrown, "INTERNAL_SERVER_ERROR", "The item could not be checked."));
  }
}
