import { AppError, failed, succeeded, toAppError, unwrap, type Outcome } from "../errors";
import { allPages } from "../ports/all-pages";
import type { DocumentStore } from "../ports/document-store";
import { pictureShapeOf, type Encoder, type Pixels } from "../ports/encoder";
import type { Gone } from "../ports/gone";
import type { Filter } from "../documents/filter";
import type { Log } from "../log";
import type { Document, TextDocument } from "../documents/document";
import type { ImageDecoder } from "../ports/image-decoder";
import type { MediaStore } from "../ports/media-store";
import type { ImageSource, Item } from "../documents/item";
import type { JobItemContent } from "../ports/ledger";
import type { Ingested, Intake } from "./intake";
import type { Limits } from "../documents/limits";
import { completeDrafts } from "./drafts/complete-drafts";
import { checkNoPage } from "./drafts/check-metadata";
import type { Draft } from "./drafts/draft";
import { imageDraft } from "./drafts/image-draft";
import { ingestDrafts, type IngestOptions } from "./drafts/ingest-drafts";
import { keepFiles } from "./drafts/keep-files";
import { KeyedLock } from "./keyed-lock";
import { deleteUnshown } from "./pictures/delete-unshown";
import { LeftPictures } from "./pictures/left-pictures";
import { addPassages } from "./passages/add-passages";
import type { PassageSize } from "./passages/split-text";
import { picturesOf, WITH_PICTURES, type KeptPicture } from "./pictures/pictures-of";
import { SharedLock } from "./shared-lock";
import type { SourceReader } from "./sources/source-reader";
import { textDraft } from "./drafts/text-draft";

/** Items of one call that are read at once; pictures have 20 MiB at most by default. */
const READ_AT_ONCE = 16;
/** From so many bytes of pictures and passages on, what was read is stored before more is. */
const HELD_BYTES = 32 * 1024 * 1024;
/** Documents that are deleted at once. */
const DELETED_AT_ONCE = 1_000;

export interface IngesterParts {
  readonly store: DocumentStore;
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly sources: SourceReader;
  readonly media: MediaStore;
  readonly limits: Limits;
  /** Of long texts; null: as much of a text counts as the model reads. */
  readonly passages: PassageSize | null;
  /** Told after documents were stored or deleted. */
  readonly onChange: () => void;
  readonly log: Log;
}

/** An item that becomes one document. */
export type OneDocument = Exclude<JobItemContent, { kind: "pdf" }>;

/** Takes texts and pictures in, and out again. */
export class Ingester implements Intake {
  /** A picture must not be deleted as the last of its kind while the next document that shows it is being stored. */
  readonly #media = new SharedLock();
  /** The same document or content, sent twice at the same time, is stored once after the other. */
  readonly #inWork = new KeyedLock();

  readonly #left: LeftPictures;

  constructor(private readonly parts: IngesterParts) {
    const alone = <T>(hashes: readonly string[], work: () => Promise<T>) =>
      this.#inWork.hold(hashes, () => this.#media.share(work));
    this.#left = new LeftPictures({ ...parts, alone });
  }

  async ingest(tenant: string, items: readonly Item[]): Promise<Outcome<Ingested>[]> {
    const results: Outcome<Ingested>[] = [];
    let drafts: Outcome<Draft>[] = [];
    for (let at = 0; at < items.length; at += READ_AT_ONCE) {
      const some = items.slice(at, at + READ_AT_ONCE);
      drafts.push(...(await Promise.all(some.map((item) => this.prepare(tenant, item)))));
      if (bytesOf(drafts) < HELD_BYTES && at + READ_AT_ONCE < items.length) continue;
      results.push(...(await this.store(tenant, drafts)));
      drafts = [];
    }
    return results;
  }

  /** Checks an item and gets its bytes. */
  async prepare(tenant: string, item: OneDocument): Promise<Outcome<Draft>> {
    const { encoder, limits, sources } = this.parts;
    try {
      if (item.kind === "unreadable") throw new AppError("INVALID_ITEM", item.problem);
      checkNoPage(item.metadata);
      if (item.kind === "text") return succeeded(textDraft(tenant, item, limits));
      // Before anything is fetched.
      pictureShapeOf(encoder);
      return succeeded(imageDraft(tenant, item, await sources.read(tenant, item.source), limits));
    } catch (thrown) {
      return failed(toAppError(thrown, "INTERNAL_SERVER_ERROR", "The item could not be read."));
    }
  }

  /** Stores what was prepared. Throws when the store refuses; then some may be stored. */
  async store(
    tenant: string,
    drafts: readonly Outcome<Draft>[],
    options: Pick<IngestOptions, "intended" | "onCreating"> = {},
  ): Promise<Outcome<Ingested>[]> {
    const { store } = this.parts;
    const parts = { ...this.parts, onLeft: (documents: readonly Document[]) => this.#left.add(documents) };
    const complete = (missing: readonly Draft[]) => completeDrafts(parts, missing);
    const hasPicture = (document: Document) => this.#hasPicture(document);
    const onLeft: IngestOptions["onLeft"] = (documents, isSure) => this.#left.add(documents, isSure);
    const files = drafts.flatMap((one) => (one.ok && one.value.file ? [one.value.file.key] : []));
    const names = drafts.flatMap((one) => (one.ok ? [one.value.id, one.value.contentHash] : []));
    names.push(...files.map(({ contentHash }) => contentHash));
    const keep = (some: readonly Draft[]) => keepFiles(this.parts.media, some);
    const how = { ...options, store, tenant, complete, keep, hasPicture, onLeft };
    let isWhole = false;
    try {
      const outcomes = await this.#inWork.hold(names, () => this.#media.share(() => ingestDrafts(drafts, how)));
      isWhole = outcomes.every(({ ok }) => ok);
      return outcomes;
    } finally {
      // Whether a document is stored that they are for is known when every write is over.
      if (!isWhole) this.#left.addPictures(files, false);
      this.parts.onChange();
      await this.#left.remove();
    }
  }

  /** Gives passages to a stored text that has none yet; see `addPassages`. */
  addPassages(document: TextDocument, passages: PassageSize): Promise<Outcome<boolean>> {
    const names = [document.id, document.contentHash];
    return this.#inWork.hold(names, () => addPassages({ ...this.parts, passages }, document));
  }

  async readQueryImage(tenant: string, source: ImageSource, gone: Gone | null): Promise<Pixels> {
    const { decoder, encoder, sources } = this.parts;
    const shape = pictureShapeOf(encoder);
    const [decoded] = await decoder.decode([await sources.read(tenant, source)], shape, "query", gone);
    return unwrap(decoded!).pixels;
  }

  async deleteDocuments(tenant: string, filter: Filter): Promise<number> {
    const { store } = this.parts;
    return this.#media.alone(async () => {
      let deleted = 0;
      for (;;) {
        const documents = await store.page({ tenant, filter, afterId: null, limit: DELETED_AT_ONCE });
        if (documents.length === 0) return deleted;
        deleted += await this.#delete(tenant, documents);
      }
    });
  }

  async clear(tenant: string): Promise<void> {
    const { store, media } = this.parts;
    await this.#media.alone(async () => {
      const keys: KeptPicture[] = [];
      const kept = { tenant, filter: WITH_PICTURES, limit: DELETED_AT_ONCE };
      for await (const page of allPages((query) => store.page(query), kept)) keys.push(...picturesOf(page));
      await store.clear();
      this.parts.onChange();
      await media.delete(keys);
    });
  }

  /** Ends what waits to be done later. */
  async close(): Promise<void> {
    this.#left.close();
  }

  /** What cannot be told now is taken to be there. */
  async #hasPicture(document: Document): Promise<boolean> {
    const { media } = this.parts;
    const there = await Promise.all(picturesOf([document]).map((one) => media.has(one).catch(() => true)));
    return there.every(Boolean);
  }

  /** Documents and what they alone show. When it fails the caller hears of it, and their pictures are looked at again later. */
  async #delete(tenant: string, documents: readonly Document[]): Promise<number> {
    try {
      const deleted = await this.parts.store.delete(tenant, { kind: "id", in: documents.map(({ id }) => id) });
      this.parts.onChange();
      await deleteUnshown(this.parts, tenant, picturesOf(documents));
      return deleted;
    } catch (error) {
      this.#left.add(documents, false);
      throw error;
    }
  }
}

const bytesOf = (drafts: readonly Outcome<Draft>[]): number =>
  drafts.reduce((sum, one) => sum + (one.ok ? heldBy(one.value) : 0), 0);

/** The passages of a long text have vectors of about so many bytes a character. */
const VECTOR_BYTES_A_CHARACTER = 16;
const SHORT_TEXT = 2_000;

const heldBy = (draft: Draft): number => {
  if (draft.modality === "image") return draft.bytes.byteLength;
  return draft.text.length > SHORT_TEXT ? VECTOR_BYTES_A_CHARACTER * draft.text.length : 0;
};
