import { join } from "node:path";
import { AppError } from "../errors";
import type { Log } from "../log";
import type { HubPatience } from "../onnx/hub";
import type { ChosenFiles, DownloadProgress } from "../onnx/hub-model";
import { checkFile, pathsUnder } from "../onnx/model-paths";
import { isRevision, placeOf } from "../onnx/model-place";
import { DTYPES, isExternalData, onnxFile } from "../onnx/onnx-file";
import { numbersOf, readJson } from "../onnx/read-json";

export interface RerankerRequest {
  /** An absolute or ./relative folder, or a hub id "owner/name". */
  readonly model: string;
  /** Branch, tag or commit on the hub; folders have none. */
  readonly revision: string;
  readonly dtype: string;
  /** A pair of texts is cut to so many tokens, or to fewer where the model reads fewer. */
  readonly maxTokens: number;
  /** Downloads go to <cacheFolder>/models. */
  readonly cacheFolder: string;
  readonly hubUrl: string;
  readonly log: Log;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly patience?: HubPatience;
}

/** A cross-encoder whose files are all in one local folder. */
export interface RerankerFiles {
  /** Hub id, or the folder's name. */
  readonly name: string;
  readonly folder: string;
  readonly dtype: string;
  readonly maxTokens: number;
}

const FILE = "model";
const JSON_FILES = ["config.json", "tokenizer.json", "tokenizer_config.json"];
/** How many places at the front stay empty, by config.json's `model_type`: every one of which a cross-encoder's ONNX file is known. */
const UNUSED_PLACES: Readonly<Record<string, number>> = {
  bert: 0,
  distilbert: 0,
  albert: 0,
  electra: 0,
  deberta: 0,
  "deberta-v2": 0,
  modernbert: 0,
  roberta: 2,
  "xlm-roberta": 2,
  camembert: 2,
  mpnet: 2,
};
const HUB_WORDS = { setting: "RERANK_MODEL", otherwise: "RERANK_MODEL=https://… of a server of /v1/rerank" };
const PATIENCE: HubPatience = { idleTimeoutMs: 30_000, retryDelayMs: 1_000, attempts: 4 };

/**
 * Makes sure that a cross-encoder's files are on this machine. Downloads only a hub's, and only once. Throws MODEL_UNAVAILABLE when
 * the hub cannot be reached, INVALID_MODEL when the name or the files are wrong.
 */
export async function resolveReranker(request: RerankerRequest): Promise<RerankerFiles> {
  const { dtype, maxTokens } = request;
  const { name, folder } = await locate(request);
  const paths = await pathsUnder(folder);
  const missing = JSON_FILES.filter((path) => !paths.includes(path));
  if (missing.length > 0) throw invalid(name, `has no ${missing.join(", no ")}`);
  const config = await readJson(folder, "config.json");
  const { onnx, json } = chooseFiles(name, dtype, config["model_type"], paths);
  await Promise.all([...onnx, ...json].map((path) => checkFile(join(folder, path))));
  const { model_max_length: most } = await readJson(folder, "tokenizer_config.json");
  await readJson(folder, "tokenizer.json");
  const [places] = numbersOf([config["max_position_embeddings"]]);
  const unused = UNUSED_PLACES[String(config["model_type"])]!;
  const limits = numbersOf([maxTokens, most, places === undefined ? null : places - unused]);
  return { name, folder, dtype, maxTokens: Math.min(...limits.filter((limit) => limit > 0)) };
}

async function locate(request: RerankerRequest): Promise<{ name: string; folder: string }> {
  const { model, revision, dtype, onProgress = () => {}, patience = PATIENCE } = request;
  const place = placeOf(model);
  if (place?.kind === "folder") return { name: place.name, folder: place.folder };
  if (place === null) {
    const is = `RERANK_MODEL is ${JSON.stringify(model)}`;
    throw new AppError("INVALID_MODEL", `${is}; it must be a folder (/… or ./…), a hub's "owner/name" or https://….`);
  }
  if (!isRevision(revision)) {
    const is = `RERANK_REVISION is ${JSON.stringify(revision)}`;
    throw new AppError("INVALID_MODEL", `${is}; it must be a branch, tag or commit.`);
  }
  const choose = (modelType: unknown, paths: readonly string[]) => chooseFiles(model, dtype, modelType, paths);
  const { openHubModel } = await import("../onnx/hub-model.js");
  const { folder } = await openHubModel({ ...request, onProgress, patience, choose, words: HUB_WORDS });
  return { name: model, folder };
}

/** What a dtype needs out of all files of a model. Throws INVALID_MODEL when something is not among them. */
function chooseFiles(name: string, dtype: string, modelType: unknown, paths: readonly string[]): ChosenFiles {
  if (typeof modelType !== "string" || !Object.hasOwn(UNUSED_PLACES, modelType)) {
    const known = Object.keys(UNUSED_PLACES).join(", ");
    throw invalid(
      name,
      `has the model_type ${JSON.stringify(modelType) ?? "undefined"}; Parallax reranks with ${known}`,
    );
  }
  const onnx = onnxFile(FILE, dtype);
  if (onnx === undefined || !paths.includes(onnx)) {
    const there = DTYPES.filter((one) => paths.includes(onnxFile(FILE, one)!));
    const has = there.length === 0 ? "none in onnx/" : there.join(", ");
    throw invalid(name, `has no ONNX file for the dtype ${dtype} (${onnx}); it has ${has}. Set RERANK_DTYPE`);
  }
  const json = [...JSON_FILES, "special_tokens_map.json"].filter((path) => paths.includes(path));
  return { onnx: [onnx, ...paths.filter((path) => isExternalData(path, onnx))], json };
}

const invalid = (name: string, what: string): AppError =>
  new AppError("INVALID_MODEL", `The reranker ${name} ${what}.`);
