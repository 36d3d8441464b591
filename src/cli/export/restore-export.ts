import { describeFingerprint } from "../../assembly/open-active-store";
import { openData } from "../../assembly/open-data";
import { openStoreFor } from "../../assembly/open-store-for";
import type { Config } from "../../config/config";
import { TENANT } from "../../documents/tenant";
import { readManifest, type Manifest } from "../../transfer/manifest";
import { restoreDocuments, type Restored } from "../../transfer/restore-documents";
import { EXIT_CODE } from "../exit-code";
import { toFailure } from "../import/to-failure";
import { duration, Progress } from "../progress";
import type { Report } from "../report";
import { note, say } from "../terminal";

export interface RestoreExportOptions {
  readonly folder: string;
  readonly config: Config;
  readonly report: Report;
  readonly showsProgress: boolean;
  readonly interrupted: AbortSignal;
}

/** Brings an export back into the store of this configuration and tells how it went; the exit code. Throws when it cannot. */
export async function restoreExport(options: RestoreExportOptions): Promise<number> {
  const { folder, config, report, showsProgress, interrupted } = options;
  const manifest = await readManifest(folder);
  const total = manifest.documents;
  const data = await openData(config, note);
  try {
    const store = await openStoreFor(data.collections, manifest.fingerprint);
    note(`Importing ${total} documents of ${manifest.fingerprint.model} from ${folder} …`);
    const startedMs = Date.now();
    const seconds = () => (Date.now() - startedMs) / 1_000;
    let restored: Restored = { stored: 0, refused: 0, pictures: 0 };
    const words = () => (restored.refused > 0 ? `${restored.refused} failed` : "");
    const read = () => ({ done: restored.stored + restored.refused, words: words() });
    const progress = new Progress({ total, read, isShown: showsProgress });
    try {
      await restoreDocuments({
        store,
        media: data.media,
        tenant: TENANT,
        folder,
        manifest,
        signal: interrupted,
        onProgress: (now) => void (restored = now),
        onRefused: ({ line, key, error }) => report.add(toFailure({ line }, key, error)),
      });
    } catch (error) {
      if (!interrupted.aborted) throw error;
      say(
        `Interrupted: ${restored.stored} of ${total} documents are stored. Run the same command again; what is there stays as it is.`,
      );
      return EXIT_CODE.interrupted;
    } finally {
      progress.stop();
      report.close({ total, stored: restored.stored, failed: restored.refused, seconds: seconds() });
    }
    return tell(restored, manifest, report, seconds());
  } finally {
    await data.close();
  }
}

function tell({ stored, refused, pictures }: Restored, manifest: Manifest, report: Report, seconds: number): number {
  const total = manifest.documents;
  const missing = Math.max(total - stored - refused, 0);
  say(
    `Done in ${duration(seconds)}: of ${total} documents ${stored} are stored, ${refused + missing} are not; ${pictures} pictures.`,
  );
  report.print();
  if (missing > 0) say(`  ${missing} are not in the export's file any more: it was cut off after it was written.`);
  say(`  A server with MODEL=${describeFingerprint(manifest.fingerprint)} serves them.`);
  return refused + missing > 0 ? EXIT_CODE.incomplete : EXIT_CODE.ok;
}
