import { readConfig } from "../config/config";
import type { PictureFile } from "../ports/images";
import { Findings } from "./audit/findings";
import { deleteOrphans, findOrphans } from "./audit/find-orphans";
import { findMissing } from "./audit/find-missing";
import { readOptionalArgument } from "./command-line";
import { EXIT_CODE } from "./exit-code";
import { TENANT } from "../assembly/open-data";
import { isMilvusServer } from "../assembly/storage";
import { openStored, type StoredData } from "../assembly/open-stored";
import type { RunCommand } from "./run-command";
import { note, say } from "./terminal";

const OPTIONS = { delete: { type: "boolean" }, report: { type: "string" } } as const;

/** Beside running servers: what they are storing now has its picture first and its document soon. */
const YOUNG_MS = 3_600_000;
const DELETED_AT_ONCE = 1_000;

/** `parallax audit`: see its usage. */
export const auditCommand: RunCommand = async (args, env, interrupted) => {
  const { values } = readOptionalArgument("audit", null, OPTIONS, args);
  const config = readConfig({ ...env, LOG_LEVEL: env["LOG_LEVEL"]?.trim() || "error" });
  const findings = new Findings(values.report);
  const data = await openStored(config, "audit", note);
  try {
    const youngMs = isMilvusServer(config) ? YOUNG_MS : 0;
    const left = await audit(data, findings, { deletes: values.delete ?? false, youngMs, interrupted });
    return left > 0 ? EXIT_CODE.incomplete : EXIT_CODE.ok;
  } catch (error) {
    if (!interrupted.aborted) throw error;
    say("Interrupted. Run the same command again.");
    return EXIT_CODE.interrupted;
  } finally {
    findings.close();
    await data.close();
  }
};

interface Options {
  readonly deletes: boolean;
  readonly youngMs: number;
  readonly interrupted: AbortSignal;
}

/** How many faults are left at the end. */
async function audit({ collections, media }: StoredData, findings: Findings, options: Options): Promise<number> {
  const { deletes, youngMs, interrupted } = options;
  const infos = await collections.list();
  const stores = await Promise.all(infos.map(({ fingerprint }) => collections.open(fingerprint)));
  let documents = 0;
  let missing = 0;
  for (const store of stores) {
    for await (const one of findMissing(store, media, TENANT, (page) => (documents += page))) {
      interrupted.throwIfAborted();
      missing++;
      findings.add({ fault: "missing", id: one.id, key: one.key, contentHash: one.contentHash });
    }
  }
  let orphans = 0;
  let young = 0;
  let deleted = 0;
  let batch: PictureFile[] = [];
  const flush = async () => {
    if (deletes) deleted += await deleteOrphans(stores, media, TENANT, batch);
    batch = [];
  };
  for await (const file of findOrphans(stores, media, TENANT)) {
    interrupted.throwIfAborted();
    if (Date.now() - file.storedAt.getTime() < youngMs) {
      young++;
      continue;
    }
    orphans++;
    findings.add({ fault: "orphan", contentHash: file.contentHash, mediaType: file.mediaType ?? "thumbnail" });
    if (batch.push(file) === DELETED_AT_ONCE) await flush();
  }
  await flush();
  say(`Looked at ${documents} documents with a picture: ${missing} of them are without it.`);
  say(`${orphans} files of pictures belong to no document${deleted > 0 ? `; ${deleted} were deleted` : ""}.`);
  if (young > 0) say(`${young} more are younger than an hour and may yet get their document.`);
  findings.print();
  return missing + orphans - deleted;
}
