import type { Config } from "../../config/config";
import type { DocumentStore } from "../../ports/document-store";
import { EXIT_CODE } from "../exit-code";
import { duration, Progress } from "../progress";
import { note, say } from "../terminal";
import { writeNdjson } from "../../transfer/documents-ndjson";
import { writeParquet } from "../../transfer/documents-parquet";
import { toExportRow, type ExportRow } from "../../transfer/export-row";
import { checkExportFolder, clearExportFolder } from "../../transfer/export-folder";
import { documentsFile, writeManifest, type Format } from "../../transfer/manifest";
import { TENANT } from "../../assembly/open-data";
import { openStored, type StoredData } from "../../assembly/open-stored";
import { PictureFiles } from "../../transfer/picture-files";

const DOCUMENTS_AT_ONCE = 1_000;

export interface ExportOptions {
  readonly folder: string;
  readonly format: Format;
  readonly withPictures: boolean;
  readonly showsProgress: boolean;
  readonly config: Config;
  readonly interrupted: AbortSignal;
}

/** Writes the active collection to a folder; the exit code. Throws when it cannot. */
export async function writeExport(options: ExportOptions): Promise<number> {
  await checkExportFolder(options.folder);
  const data = await openStored(options.config, "export", note);
  try {
    await clearExportFolder(options.folder);
    return await write(options, data);
  } finally {
    await data.close();
  }
}

async function write(
  { folder, format, withPictures, showsProgress, interrupted }: ExportOptions,
  { media, store }: StoredData,
): Promise<number> {
  const startedMs = Date.now();
  const total = await store.count(TENANT, null);
  const { fingerprint } = store;
  note(`Exporting ${total} documents of ${fingerprint.model} to ${folder} …`);
  const pictures = withPictures ? new PictureFiles(folder, media) : null;
  let documents = 0;
  const words = () => (pictures === null ? "" : `${pictures.written} pictures`);
  const progress = new Progress({ total, read: () => ({ done: documents, words: words() }), isShown: showsProgress });
  async function* rows(): AsyncGenerator<readonly ExportRow[]> {
    for await (const page of pagesOf(store)) {
      interrupted.throwIfAborted();
      await pictures?.save(page.map(({ document }) => document));
      yield page.map(toExportRow);
      documents += page.length;
    }
  }
  try {
    await (format === "parquet" ? writeParquet : writeNdjson)(documentsFile(folder, format), rows());
  } catch (error) {
    if (!interrupted.aborted) throw error;
    say(`Interrupted: the export in ${folder} is not finished. Run the same command again to start it over.`);
    return EXIT_CODE.interrupted;
  } finally {
    progress.stop();
  }
  const createdAt = new Date(startedMs).toISOString();
  await writeManifest(folder, {
    formatVersion: 1,
    format,
    createdAt,
    fingerprint,
    documents,
    pictures: pictures?.written ?? null,
  });
  say(
    `Done in ${duration((Date.now() - startedMs) / 1_000)}: ${documents} documents${pictures ? ` and ${pictures.written} pictures` : ""} are in ${folder}.`,
  );
  const missing = pictures?.missing ?? [];
  if (missing.length === 0) return EXIT_CODE.ok;
  say(
    `  ${missing.length} pictures were not in the media store; their documents are exported without: ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? " …" : ""}`,
  );
  return EXIT_CODE.incomplete;
}

/** Documents with their vectors in the order of their ids, so many at a time that they do not fill the memory. */
async function* pagesOf(store: DocumentStore) {
  for (let afterId: string | null = null; ;) {
    const page = await store.page({ tenant: TENANT, filter: null, afterId, limit: DOCUMENTS_AT_ONCE });
    if (page.length === 0) return;
    const ids = page.map(({ id }) => id);
    // Who was deleted meanwhile is not in the export.
    yield (await store.get(TENANT, ids)).filter((one) => one !== null);
    afterId = ids.at(-1)!;
  }
}
