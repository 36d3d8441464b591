import { openStored } from "../../assembly/open-stored";
import type { Config } from "../../config/config";
import { TENANT } from "../../documents/tenant";
import { exportDocuments, type Exported } from "../../transfer/export-documents";
import { checkExportFolder } from "../../transfer/export-folder";
import type { Format } from "../../transfer/manifest";
import { EXIT_CODE } from "../exit-code";
import { duration, Progress } from "../progress";
import { note, say } from "../terminal";

export interface WriteOptions {
  readonly folder: string;
  readonly format: Format;
  readonly withPictures: boolean;
  readonly showsProgress: boolean;
  readonly config: Config;
  readonly interrupted: AbortSignal;
}

const SHOWN = 3;

/** Writes the active collection to a folder and tells how it went; the exit code. Throws when it cannot. */
export async function writeExport({ config, showsProgress, interrupted, ...options }: WriteOptions): Promise<number> {
  const { folder } = options;
  // Before a Milvus Lite is started for it.
  await checkExportFolder(folder);
  const { store, media, close } = await openStored(config, "export", note);
  const startedMs = Date.now();
  let exported: Exported = { documents: 0, pictures: null, missing: [] };
  const onProgress = (now: Exported) => void (exported = now);
  try {
    const total = await store.count(TENANT, null);
    note(`Exporting ${total} documents of ${store.fingerprint.model} to ${folder} …`);
    const read = () => ({ done: exported.documents, words: picturesOf(exported) });
    const progress = new Progress({ total, read, isShown: showsProgress });
    const parts = { store, media, tenant: TENANT, signal: interrupted, onProgress };
    exported = await exportDocuments({ ...options, ...parts }).finally(() => progress.stop());
  } catch (error) {
    if (!interrupted.aborted) throw error;
    say(`Interrupted: the export in ${folder} is not finished. Run the same command again to start it over.`);
    return EXIT_CODE.interrupted;
  } finally {
    await close();
  }
  return tell(exported, folder, Date.now() - startedMs);
}

const picturesOf = ({ pictures }: Exported): string => (pictures === null ? "" : `${pictures} pictures`);

function tell(exported: Exported, folder: string, tookMs: number): number {
  const { documents, pictures, missing } = exported;
  const what = `${documents} documents${pictures === null ? "" : ` and ${picturesOf(exported)}`}`;
  say(`Done in ${duration(tookMs / 1_000)}: ${what} are in ${folder}.`);
  if (missing.length === 0) return EXIT_CODE.ok;
  const some = `${missing.slice(0, SHOWN).join(", ")}${missing.length > SHOWN ? " …" : ""}`;
  say(`  ${missing.length} pictures were not in the media store; their documents are exported without: ${some}`);
  return EXIT_CODE.incomplete;
}
