import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors";
import type { Fingerprint } from "../ports/encoder";

export const FORMATS = ["ndjson", "parquet"] as const;
export type Format = (typeof FORMATS)[number];

/** What an export is. */
export interface Manifest {
  readonly formatVersion: 1;
  readonly format: Format;
  readonly createdAt: string;
  /** The model that made the vectors. */
  readonly fingerprint: Fingerprint;
  readonly documents: number;
  /** Files in pictures/; null: pictures were left out. */
  readonly pictures: number | null;
}

const FILE = "export.json";
/** Stands in an export's folder until the export is finished. */
const UNFINISHED = "export.unfinished";

export const documentsFile = (folder: string, format: Format): string => join(folder, `documents.${format}`);
export const picturesFolder = (folder: string): string => join(folder, "pictures");

/** Whether a folder holds an export; null: none. */
export async function exportStateOf(folder: string): Promise<"finished" | "unfinished" | null> {
  const exists = (name: string) => stat(join(folder, name)).catch(() => null);
  if (await exists(FILE)) return "finished";
  return (await exists(UNFINISHED)) ? "unfinished" : null;
}

export const markUnfinished = (folder: string): Promise<void> => writeFile(join(folder, UNFINISHED), "");

/** Makes an export a finished one. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, UNFINISHED), `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(join(folder, UNFINISHED), join(folder, FILE));
}

/** Throws BAD_USER_INPUT for one that this version cannot read. */
export async function readManifest(folder: string): Promise<Manifest> {
  const manifest = parse(await readFile(join(folder, FILE), "utf8"));
  const { model, dimension } = manifest?.fingerprint ?? {};
  const isKnown = manifest?.formatVersion === 1 && (FORMATS as readonly unknown[]).includes(manifest.format);
  if (isKnown && typeof model === "string" && Number.isInteger(dimension))
    return withDocuments(folder, manifest as Manifest);
  throw new AppError(
    "BAD_USER_INPUT",
    `${join(folder, FILE)} is not the description of an export that this version of Parallax can read.`,
  );
}

async function withDocuments(folder: string, manifest: Manifest): Promise<Manifest> {
  const file = documentsFile(folder, manifest.format);
  if (await stat(file).catch(() => null)) return manifest;
  throw new AppError("BAD_USER_INPUT", `The export in ${folder} is not whole: ${file} is not there.`);
}

function parse(text: string): Partial<Manifest> | null {
  try {
    return JSON.parse(text) as Partial<Manifest> | null;
  } catch {
    return null;
  }
}
