import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors";
import type { Log } from "../log";
import { Hub, type HubPatience, reasonOf } from "./hub";
import { type BytesListener, downloadFile } from "./hub-download";
import { type HubFile, type HubWords, hubUnreachable, listHubModel } from "./hub-listing";
import { readJson } from "./read-json";

/** How far the download of a model is. */
export interface DownloadProgress {
  readonly file: string;
  readonly downloadedBytes: number;
  readonly totalBytes: number;
}

/** Which files of a model are needed, by its config.json's `model_type`. Throws INVALID_MODEL where some are missing. */
export type ChooseFiles = (modelType: unknown, paths: readonly string[]) => ChosenFiles;

/** Paths relative to the model, with "/". */
export interface ChosenFiles {
  readonly onnx: readonly string[];
  readonly json: readonly string[];
}

export interface HubModelRequest {
  /** "owner/name" on the hub. */
  readonly model: string;
  /** Branch, tag or commit. A branch stays at the commit that was downloaded first. */
  readonly revision: string;
  readonly dtype: string;
  readonly cacheFolder: string;
  readonly hubUrl: string;
  readonly log: Log;
  /** Called for every chunk that arrives: whoever shows it thins it out. */
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly patience: HubPatience;
  readonly choose: ChooseFiles;
  /** For the errors of a hub that cannot give it. */
  readonly words: HubWords;
}

/** Written when every file is there: with it, a start needs no network. */
interface Manifest {
  readonly sha: string;
  readonly files: readonly HubFile[];
}

/** Gives the local folder and the commit of a hub's model; downloads what the dtype needs unless an earlier run did. */
export async function openHubModel(request: HubModelRequest): Promise<{ folder: string; revision: string }> {
  const home = join(request.cacheFolder, "models", request.model.replace("/", "--"));
  const manifestPath = join(home, `${encodeURIComponent(request.revision)}.${encodeURIComponent(request.dtype)}.json`);
  const manifest = (await readManifest(home, manifestPath)) ?? (await download(request, home, manifestPath));
  return { folder: join(home, manifest.sha), revision: manifest.sha };
}

/** Undefined when there is none, or when a file that it names has gone or changed its size. */
async function readManifest(home: string, path: string): Promise<Manifest | undefined> {
  try {
    const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
    for (const file of manifest.files) {
      const { size } = await stat(join(home, manifest.sha, file.path));
      if (size !== file.sizeBytes) return undefined;
    }
    return manifest;
  } catch {
    return undefined;
  }
}

async function download(request: HubModelRequest, home: string, manifestPath: string): Promise<Manifest> {
  const hub = new Hub(request.hubUrl, request.patience);
  try {
    const { sha, files: all } = await listHubModel(hub, request);
    const chosen = await choose(hub, request, { sha, files: all }, join(home, sha));
    const files = all.filter((file) => chosen.onnx.includes(file.path) || chosen.json.includes(file.path));
    await downloadFiles(hub, request, { sha, files }, join(home, sha));
    await writeManifest(manifestPath, { sha, files });
    return { sha, files };
  } finally {
    await hub.close();
  }
}

/** Which files there have to be is told by the first of them. */
async function choose(
  hub: Hub,
  request: HubModelRequest,
  { sha, files }: Manifest,
  folder: string,
): Promise<ChosenFiles> {
  const { model } = request;
  const config = files.find(({ path }) => path === "config.json");
  if (config === undefined) throw new AppError("INVALID_MODEL", `The model ${model} has no config.json.`);
  await downloadOne(hub, request, sha, config, folder, () => undefined);
  const { model_type: modelType } = await readJson(folder, "config.json");
  const paths = files.map(({ path }) => path);
  return request.choose(modelType, paths);
}

async function downloadFiles(hub: Hub, request: HubModelRequest, manifest: Manifest, folder: string): Promise<void> {
  const { model, log, onProgress } = request;
  const totalBytes = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  log.info({ model, revision: manifest.sha, totalBytes, files: manifest.files.length }, "Downloading the model");
  let doneBytes = 0;
  for (const file of manifest.files) {
    const onBytes = (bytes: number) => onProgress({ file: file.path, downloadedBytes: doneBytes + bytes, totalBytes });
    await downloadOne(hub, request, manifest.sha, file, folder, onBytes);
    doneBytes += file.sizeBytes;
  }
  log.info({ model, folder }, "The model is complete");
}

async function downloadOne(
  hub: Hub,
  request: HubModelRequest,
  sha: string,
  file: HubFile,
  folder: string,
  onBytes: BytesListener,
): Promise<void> {
  const { model } = request;
  const address = `${model}/resolve/${sha}/${file.path.split("/").map(encodeURIComponent).join("/")}`;
  await downloadFile(hub, address, file, join(folder, file.path), onBytes).catch((error: unknown) => {
    throw error instanceof AppError ? error : interrupted(hub, request, file, error);
  });
}

function interrupted(hub: Hub, request: HubModelRequest, file: HubFile, cause: unknown): AppError {
  const reason = `${file.path}: ${reasonOf(cause)}; what has arrived is kept`;
  return hubUnreachable(hub, request, reason, cause);
}

async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(`${path}.part`, JSON.stringify(manifest, null, 2));
  await rename(`${path}.part`, path);
}
