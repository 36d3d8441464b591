import { isMilvusServer } from "../assembly/storage";
import { openStored } from "../assembly/open-stored";
import { auditPassages } from "../audit/audit-passages";
import { auditPictures, type Audited } from "../audit/audit-pictures";
import { TENANT } from "../documents/tenant";
import { AppError } from "../errors";
import { Findings } from "./audit/findings";
import { readOptionalArgument } from "./command-line";
import { EXIT_CODE } from "./exit-code";
import { readQuietConfig } from "./read-quiet-config";
import type { RunCommand } from "./run-command";
import { note, say } from "./terminal";

const OPTIONS = { delete: { type: "boolean" }, report: { type: "string" } } as const;

/** Beside running servers: what they are storing now has its picture first and its document soon. */
const YOUNG_MS = 3_600_000;

/** `parallax audit`: see its usage. */
export const auditCommand: RunCommand = async (args, env, interrupted) => {
  const { argument, values } = readOptionalArgument("audit", "", OPTIONS, args);
  if (argument !== undefined) {
    throw new AppError("BAD_USER_INPUT", `\`audit\` takes options alone, not ${JSON.stringify(argument)}.`);
  }
  const config = readQuietConfig(env);
  const findings = new Findings(values.report);
  const { collections, media, close } = await openStored(config, "audit", note);
  try {
    const audited = await auditPictures({
      collections,
      media,
      tenant: TENANT,
      youngMs: isMilvusServer(config) ? YOUNG_MS : 0,
      deletes: values.delete ?? false,
      signal: interrupted,
      onFinding: (finding) => findings.add(finding),
    });
    const isServed = isMilvusServer(config);
    const deletes = values.delete ?? false;
    const passages = await auditPassages({ collections, tenant: TENANT, isServed, deletes, signal: interrupted });
    const code = tell(audited, findings);
    if (passages > 0) say(`${passages} passages belong to no document${deletes ? "; they were deleted" : ""}.`);
    return passages > 0 && !deletes ? EXIT_CODE.incomplete : code;
  } catch (error) {
    if (!interrupted.aborted) throw error;
    say("Interrupted. Run the same command again.");
    return EXIT_CODE.interrupted;
  } finally {
    findings.close();
    await close();
  }
};

function tell({ documents, missing, orphans, young, deleted }: Audited, findings: Findings): number {
  say(`Looked at ${documents} documents with a picture: ${missing} of them are without it.`);
  say(`${orphans} files of pictures belong to no document${deleted > 0 ? `; ${deleted} were deleted` : ""}.`);
  if (young > 0) say(`${young} more are younger than an hour and may yet get their document.`);
  findings.print();
  return missing + orphans - deleted > 0 ? EXIT_CODE.incomplete : EXIT_CODE.ok;
}
