import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "../errors";
import { isPdf, localFile } from "../ingestion/local/local-file";
import { readCommandLine } from "./command-line";
import { exportStateOf } from "../transfer/manifest";
import { restoreExport } from "./export/restore-export";
import { ColumnHints } from "./import/column-hints";
import { folderEntries } from "./import/folder-entries";
import { importEntries } from "./import/import-entries";
import { fileEntries } from "./import/file-entries";
import { isListName, listEntries } from "./import/list-entries";
import { readQuietConfig } from "./read-quiet-config";
import type { RunCommand } from "./run-command";
import { Report } from "./report";
import { PROGRAM } from "./program";

const OPTIONS = {
  server: { type: "string" },
  "key-prefix": { type: "string" },
  metadata: { type: "string" },
  "page-pictures": { type: "boolean" },
  concurrency: { type: "string" },
  report: { type: "string" },
  again: { type: "boolean" },
  "no-progress": { type: "boolean" },
} as const;
const ONLY_THROUGH_A_SERVER = ["server", "key-prefix", "metadata", "page-pictures", "concurrency", "again"] as const;
const MAX_CONCURRENCY = 32;

/** `parallax import`: see its usage. */
export const importCommand: RunCommand = async (args, env, interrupted) => {
  const { argument, values } = readCommandLine("import", "SOURCE", OPTIONS, args);
  const source = resolve(argument);
  const kind = await kindOf(source, argument);
  const config = readQuietConfig(env);
  const showsProgress = !values["no-progress"];
  if (kind === "export") {
    const needless = ONLY_THROUGH_A_SERVER.find((name) => values[name] !== undefined);
    if (needless !== undefined)
      throw wrong(`${argument} is an export: it goes straight into the store as it is, so leave --${needless} out.`);
    return restoreExport({ folder: source, config, report: new Report(values.report), showsProgress, interrupted });
  }
  const common = {
    keyPrefix: values["key-prefix"] ?? "",
    metadata: readMetadata(values.metadata),
    pagePictures: values["page-pictures"] ?? false,
  };
  const entries = ENTRIES[kind];
  const hints = new ColumnHints();
  return importEntries({
    source: argument,
    entries: () => entries(source, common, hints),
    hints,
    server: values.server,
    concurrency: readConcurrency(values.concurrency),
    isAgain: values.again ?? false,
    report: new Report(values.report),
    showsProgress,
    config,
    interrupted,
  });
};

const ENTRIES = { list: listEntries, folder: folderEntries, pdf: fileEntries } as const;

async function kindOf(source: string, given: string): Promise<keyof typeof ENTRIES | "export"> {
  const found = await stat(source).catch(() => null);
  if (found === null) throw wrong(`There is no ${given}.`);
  if (!found.isDirectory()) {
    if (isListName(source)) return "list";
    const file = await localFile(source).catch(() => null);
    if (file !== null && isPdf(file)) return "pdf";
    throw wrong(
      `${given} is neither a folder nor a list: name a folder of pictures or PDFs, a PDF, a .csv, .ndjson or .jsonl file, or an export.`,
    );
  }
  const state = await exportStateOf(source);
  if (state === "unfinished")
    throw wrong(`${given} is an export that was not finished. Run \`${PROGRAM} export\` to it again.`);
  return state === "finished" ? "export" : "folder";
}

function readMetadata(given: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(given ?? "{}");
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw wrong(`--metadata must be a JSON object, such as '{"album": "holiday"}'; it is ${given}.`);
}

function readConcurrency(given = "4"): number {
  const number = /^\d+$/.test(given) ? Number(given) : 0;
  if (number >= 1 && number <= MAX_CONCURRENCY) return number;
  throw wrong(`--concurrency must be a whole number from 1 to ${MAX_CONCURRENCY}; it is ${given}.`);
}

const wrong = (message: string): AppError => new AppError("BAD_USER_INPUT", message);
