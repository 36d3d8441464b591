import type { EmbeddedDocument } from "../documents/document";
import { AppError } from "../errors";
import { deleteUnshown } from "../ingestion/pictures/delete-unshown";
import { picturesOf } from "../ingestion/pictures/pictures-of";
import type { DocumentStore } from "../ports/document-store";
import type { MediaStore } from "../ports/media-store";
import type { Manifest } from "./manifest";
import { PictureFiles } from "./picture-files";
import { readBatches, type ReadDocument } from "./read-batches";

export interface RestoreOptions {
  /** Of the model that the manifest names. */
  readonly store: DocumentStore;
  readonly media: MediaStore;
  readonly tenant: string;
  readonly folder: string;
  readonly manifest: Manifest;
  /** Ends the restoring with what it was aborted for; what is stored then stays. */
  readonly signal: AbortSignal;
  /** Told after every batch and every row that is refused. */
  readonly onProgress: (restored: Restored) => void;
  readonly onRefused: (refused: RefusedRow) => void;
}

export interface Restored {
  readonly stored: number;
  readonly refused: number;
  /** Files of pictures that were put into the media store. */
  readonly pictures: number;
}

/** A row that is not stored. */
export interface RefusedRow {
  /** Of the export's file, from 1; in Parquet the row's number. */
  readonly line: number;
  /** Null: it has none, or none that can be read. */
  readonly key: string | null;
  /** INVALID_ITEM, with the reason. */
  readonly error: AppError;
}

/** Stores the documents of an export as they are, with their pictures; those with the same ids are replaced. */
export async function restoreDocuments(options: RestoreOptions): Promise<Restored> {
  const { folder, manifest, media, signal, onProgress, onRefused } = options;
  const pictures = new PictureFiles(folder, media);
  let stored = 0;
  let refused = 0;
  const refuse = (line: number, key: string | null, why: string) => {
    refused++;
    onRefused({ line, key, error: new AppError("INVALID_ITEM", `The row is not stored: ${why}.`) });
    onProgress(restored());
  };
  const restored = (): Restored => ({ stored, refused, pictures: pictures.written });
  for await (const batch of readBatches(folder, manifest, refuse)) {
    signal.throwIfAborted();
    const lost = await pictures.restore(batch.map(({ document }) => document.document));
    const isLost = ({ document: { document } }: ReadDocument) =>
      document.modality === "image" && lost.has(document.contentHash);
    for (const { line, document } of batch.filter(isLost))
      refuse(line, document.document.key, "its picture is neither in the export nor in the media store");
    const whole = batch.flatMap((one) => (isLost(one) ? [] : [one.document]));
    await replace(options, whole);
    stored += whole.length;
    onProgress(restored());
  }
  return restored();
}

/** Stores documents; pictures of those that they replace go with them unless another document shows them. */
async function replace({ store, media, tenant }: RestoreOptions, documents: readonly EmbeddedDocument[]) {
  const ids = documents.map(({ document }) => document.id);
  const before = (await store.get(tenant, ids)).flatMap((one) => (one === null ? [] : [one.document]));
  await store.upsert(documents);
  await deleteUnshown({ store, media }, tenant, picturesOf(before));
}
