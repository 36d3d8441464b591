import { createHash } from "node:crypto";
import { join } from "node:path";
import { AppError } from "../errors";
import { hashFile } from "../onnx/hash-file";
import { checkFile, pathsUnder } from "../onnx/model-paths";
import { readJson } from "../onnx/read-json";
import { chooseFiles, type LayoutFiles, layoutsOf } from "./layout-files";

const REVISION_LENGTH = 12;

/** Finds in a local folder what a dtype needs, and checks that the files are there and are no placeholders. */
export async function readModelFolder(model: string, folder: string, dtype: string): Promise<LayoutFiles> {
  const paths = await pathsUnder(folder);
  if (!paths.includes("config.json")) throw new AppError("INVALID_MODEL", `The model ${model} has no config.json.`);
  await checkFile(join(folder, "config.json"));
  const config = await readJson(folder, "config.json");
  const files = chooseFiles(model, layoutsOf(model, config["model_type"]), dtype, paths);
  await Promise.all([...files.onnx, ...files.json].map((path) => checkFile(join(folder, path))));
  return files;
}

/** A short hash over what decides a vector: the ONNX files, the tokenizer and what prepares pictures or pools tokens. */
export async function hashModelFolder(folder: string, files: LayoutFiles): Promise<string> {
  const hash = createHash("sha256");
  for (const path of [...files.onnx, ...files.deciding]) {
    hash.update(`${path}\n`);
    await hashFile(hash, join(folder, path));
  }
  return hash.digest("hex").slice(0, REVISION_LENGTH);
}
