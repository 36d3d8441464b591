import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError } from "../errors";
import type { Log } from "../log";
import type { HubPatience } from "../onnx/hub";
import type { ChooseFiles, DownloadProgress } from "../onnx/hub-model";
import { isRevision, placeOf } from "../onnx/model-place";
import { chooseFiles, layoutsOf } from "./layout-files";
import { type ModelConfig, readModelConfig } from "./model-config";
import { hashModelFolder, readModelFolder } from "./model-folder";
import type { ModelLayout } from "./model-layout";

export interface ModelRequest {
  /** "mini-clip", an absolute or ./relative folder, or a hub id "owner/name". */
  readonly model: string;
  /** Branch, tag or commit on the hub; folders have none. */
  readonly revision: string;
  readonly dtype: string;
  /** Downloads go to <cacheFolder>/models. */
  readonly cacheFolder: string;
  readonly hubUrl: string;
  /** Where the embedded mini-clip lies. */
  readonly bundledFolder: string;
  readonly log: Log;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly patience?: HubPatience;
}

/** A model whose files are all in one local folder, and what they say of it. */
export interface ModelFiles extends ModelConfig {
  /** Hub id, or the folder's name. */
  readonly model: string;
  /** Commit on the hub, or a short hash over the folder's files. */
  readonly revision: string;
  readonly dtype: string;
  readonly folder: string;
  readonly layout: ModelLayout;
  /** Means and spreads that came with the model; null when none did. */
  readonly calibrationPath: string | null;
  /** Vectors of known texts and pictures that came with the model; null when none did. */
  readonly goldenPath: string | null;
}

interface Place {
  readonly model: string;
  readonly folder: string;
  /** Undefined for folders. */
  readonly revision?: string;
}

const BUNDLED_MODEL = "mini-clip";
const HUB_WORDS = { setting: "MODEL", otherwise: `MODEL=${BUNDLED_MODEL} (embedded, for drawings)` };
const DEFAULT_PATIENCE: HubPatience = { idleTimeoutMs: 30_000, retryDelayMs: 1000, attempts: 4 };

/**
 * Makes sure that a model's files are on this machine, and reads what they say. Downloads only a hub's model, and only
 * once. Throws MODEL_UNAVAILABLE when the hub cannot be reached, INVALID_MODEL when the model or its files are wrong.
 */
export async function resolveModel(request: ModelRequest): Promise<ModelFiles> {
  const { dtype } = request;
  const { model, folder, revision } = await locate(request);
  const files = await readModelFolder(model, folder, dtype);
  const config = await readModelConfig(folder, files);
  const brought = (name: string) => (existsSync(join(folder, name)) ? join(folder, name) : null);
  return {
    ...config,
    model,
    revision: revision ?? (await hashModelFolder(folder, files)),
    dtype,
    folder,
    layout: files.layout,
    calibrationPath: brought("calibration.json"),
    goldenPath: brought("golden.json"),
  };
}

async function locate(request: ModelRequest): Promise<Place> {
  const { model, revision, bundledFolder, onProgress = () => {}, patience = DEFAULT_PATIENCE } = request;
  if (model === BUNDLED_MODEL) return { model, folder: resolve(bundledFolder) };
  const place = placeOf(model);
  if (place?.kind === "folder") return { model: place.name, folder: place.folder };
  if (place === null) {
    throw new AppError(
      "INVALID_MODEL",
      `MODEL is ${JSON.stringify(model)}; it must be ${BUNDLED_MODEL}, a folder (/… or ./…) or a hub's "owner/name".`,
    );
  }
  if (!isRevision(revision)) {
    throw new AppError(
      "INVALID_MODEL",
      `MODEL_REVISION is ${JSON.stringify(revision)}; it must be a branch, tag or commit.`,
    );
  }
  const choose: ChooseFiles = (modelType, paths) =>
    chooseFiles(model, layoutsOf(model, modelType), request.dtype, paths);
  const { openHubModel } = await import("../onnx/hub-model.js");
  return { model, ...(await openHubModel({ ...request, onProgress, patience, choose, words: HUB_WORDS })) };
}
