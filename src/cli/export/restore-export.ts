import type { Config } from "../../config/config";
import { AppError } from "../../errors";
import { describeFingerprint } from "../../stores/active-store";
import { deleteUnshown } from "../../ingestion/pictures/delete-unshown";
import { picturesOf } from "../../ingestion/pictures/pictures-of";
import type { EmbeddedDocument } from "../../documents/document";
import type { DocumentStore } from "../../ports/document-store";
import type { MediaStore } from "../../ports/images";
import { EXIT_CODE } from "../exit-code";
import { toFailure } from "../import/to-failure";
import { duration, Progress } from "../progress";
import type { Report } from "../report";
import { note, say } from "../terminal";
import { readManifest, type Manifest } from "../../transfer/manifest";
import { openData, TENANT, type Data } from "../../assembly/open-data";
import { openStoreFor } from "./open-store-for";
import { PictureFiles } from "../../transfer/picture-files";
import { readBatches } from "../../transfer/read-batches";

export interface RestoreOptions {
  readonly folder: string;
  readonly config: Config;
  readonly report: Report;
  readonly showsProgress: boolean;
  readonly interrupted: AbortSignal;
}

/** Brings an export back, into the store of this configuration; the exit code. Throws when it cannot. */
export async function restoreExport(options: RestoreOptions): Promise<number> {
  const manifest = await readManifest(options.folder);
  const data = await openData(options.config, note);
  try {
    const store = await openStoreFor(data.collections, manifest.fingerprint);
    note(`Importing ${manifest.documents} documents of ${manifest.fingerprint.model} from ${options.folder} …`);
    return await restore(options, manifest, data, store);
  } finally {
    await data.close();
  }
}

async function restore(
  options: RestoreOptions,
  manifest: Manifest,
  { media }: Data,
  store: DocumentStore,
): Promise<number> {
  const { folder, report, showsProgress, interrupted } = options;
  const startedMs = Date.now();
  const total = manifest.documents;
  const pictures = new PictureFiles(folder, media);
  let stored = 0;
  let refused = 0;
  const refuse = (line: number, key: string | null, why: string) => {
    refused++;
    report.add(toFailure({ line }, key, new AppError("INVALID_ITEM", `The row is not stored: ${why}.`)));
  };
  const words = () => (refused > 0 ? `${refused} failed` : "");
  const progress = new Progress({
    total,
    read: () => ({ done: stored + refused, words: words() }),
    isShown: showsProgress,
  });
  try {
    for await (const batch of readBatches(folder, manifest, refuse)) {
      interrupted.throwIfAborted();
      const lost = await pictures.restore(batch.map(({ document }) => document.document));
      const [whole, broken] = split(
        batch,
        ({ document }) => !lost.has(document.document.contentHash) || document.document.modality === "text",
      );
      for (const { line, document } of broken) {
        refuse(line, document.document.key, "its picture is neither in the export nor in the media store");
      }
      await replace(
        { store, media },
        whole.map(({ document }) => document),
      );
      stored += whole.length;
    }
  } catch (error) {
    if (!interrupted.aborted) throw error;
    say(
      `Interrupted: ${stored} of ${total} documents are stored. Run the same command again; what is there stays as it is.`,
    );
    return EXIT_CODE.interrupted;
  } finally {
    progress.stop();
    report.close({ total, stored, failed: refused, seconds: (Date.now() - startedMs) / 1_000 });
  }
  const missing = Math.max(total - stored - refused, 0);
  say(
    `Done in ${duration((Date.now() - startedMs) / 1_000)}: of ${total} documents ${stored} are stored, ${refused + missing} are not; ${pictures.written} pictures.`,
  );
  report.print();
  if (missing > 0) say(`  ${missing} are not in the export's file any more: it was cut off after it was written.`);
  say(`  A server with MODEL=${describeFingerprint(manifest.fingerprint)} serves them.`);
  return refused + missing > 0 ? EXIT_CODE.incomplete : EXIT_CODE.ok;
}

/** Stores documents; pictures of those that they replace go with them unless another document shows them. */
async function replace(
  { store, media }: { store: DocumentStore; media: MediaStore },
  documents: readonly EmbeddedDocument[],
) {
  const ids = documents.map(({ document }) => document.id);
  const before = (await store.get(TENANT, ids)).flatMap((one) => (one === null ? [] : [one.document]));
  await store.upsert(documents);
  await deleteUnshown({ store, media }, TENANT, picturesOf(before));
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
