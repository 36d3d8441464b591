import type { EmbeddedDocument } from "../documents/document";
import { allPages } from "../ports/all-pages";
import type { DocumentStore } from "../ports/document-store";
import type { MediaStore } from "../ports/media-store";
import { writeNdjson } from "./documents-ndjson";
import { writeParquet } from "./documents-parquet";
import { checkExportFolder, clearExportFolder } from "./export-folder";
import { toExportRow, type ExportRow } from "./export-row";
import { documentsFile, writeManifest, type Format } from "./manifest";
import { PictureFiles } from "./picture-files";

const DOCUMENTS_AT_ONCE = 1_000;

export interface ExportOptions {
  readonly store: DocumentStore;
  readonly media: MediaStore;
  readonly tenant: string;
  /** Not there, empty, or with an unfinished export in it. */
  readonly folder: string;
  readonly format: Format;
  readonly withPictures: boolean;
  /** Ends the export with what it was aborted for; the folder then holds an unfinished one. */
  readonly signal: AbortSignal;
  /** Told after every thousand documents. */
  readonly onProgress: (exported: Exported) => void;
}

export interface Exported {
  readonly documents: number;
  /** Files of pictures; null: they are left out. */
  readonly pictures: number | null;
  /** Content hashes of pictures that the media store does not have; their documents are exported without. */
  readonly missing: readonly string[];
}

/**
 * Writes a tenant's documents with their vectors, and their pictures, to a folder. Throws BAD_USER_INPUT for a folder that
 * holds anything else or cannot be written.
 */
export async function exportDocuments(options: ExportOptions): Promise<Exported> {
  const { store, media, folder, format, withPictures } = options;
  const createdAt = new Date().toISOString();
  await checkExportFolder(folder);
  await clearExportFolder(folder);
  const pictures = withPictures ? new PictureFiles(folder, media) : null;
  let documents = 0;
  const exported = (): Exported => ({
    documents,
    pictures: pictures?.written ?? null,
    missing: pictures?.missing ?? [],
  });
  async function* rows(): AsyncGenerator<readonly ExportRow[]> {
    for await (const page of pagesOf(options)) {
      options.signal.throwIfAborted();
      await pictures?.save(page.map(({ document }) => document));
      yield page.map(toExportRow);
      documents += page.length;
      options.onProgress(exported());
    }
  }
  await (format === "parquet" ? writeParquet : writeNdjson)(documentsFile(folder, format), rows());
  const { fingerprint } = store;
  const written = pictures?.written ?? null;
  await writeManifest(folder, { formatVersion: 1, format, createdAt, fingerprint, documents, pictures: written });
  return exported();
}

/** Documents with their vectors in the order of their ids, so many at a time that they do not fill the memory. */
async function* pagesOf({ store, tenant }: ExportOptions) {
  const all = { tenant, filter: null, limit: DOCUMENTS_AT_ONCE };
  for await (const page of allPages((query) => store.page(query), all)) {
    const read = await store.get(
      tenant,
      page.map(({ id }) => id),
    );
    // What was deleted meanwhile is not in the export.
    yield await asTruncated(
      store,
      read.filter((one) => one !== null),
    );
  }
}

/**
 * Passages stay behind: they are many times as large as the text, and made of it again by the server that serves what is
 * restored. It knows by `truncated` which texts need some.
 */
async function asTruncated(store: DocumentStore, documents: readonly EmbeddedDocument[]): Promise<EmbeddedDocument[]> {
  const have = await store.havePassages(documents.map(({ document }) => document));
  return documents.map((one, i) =>
    have[i] && one.document.modality === "text" ? { ...one, document: { ...one.document, truncated: true } } : one,
  );
}
