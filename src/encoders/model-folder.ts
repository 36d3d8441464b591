import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "../errors";
import { chooseFiles, type LayoutFiles, layoutsOf } from "./layout-files";
import { readJson } from "./read-json";

const LFS_POINTER = "version https://git-lfs.github.com/spec/";
const REVISION_LENGTH = 12;
const SUBFOLDERS = ["onnx", "1_Pooling"];

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
    await pipeline(createReadStream(join(folder, path)), hash, { end: false });
  }
  return hash.digest("hex").slice(0, REVISION_LENGTH);
}

async function pathsUnder(folder: string): Promise<string[]> {
  const inside = (name: string) => readdir(join(folder, name)).catch(() => []);
  const top = await readdir(folder).catch((error: unknown) => {
    throw new AppError("INVALID_MODEL", `There is no model in ${folder}: it is not a folder that can be read.`, {
      cause: error,
    });
  });
  const deeper = await Promise.all(
    SUBFOLDERS.map(async (folderName) => (await inside(folderName)).map((name) => `${folderName}/${name}`)),
  );
  return [...top, ...deeper.flat()];
}

async function checkFile(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LFS_POINTER.length));
    if (bytesRead === 0)
      throw new AppError("INVALID_MODEL", `The model's file ${path} is empty: copy or download it again.`);
    if (!buffer.toString("latin1").startsWith(LFS_POINTER)) return;
    throw new AppError(
      "INVALID_MODEL",
      `The model's file ${path} is a Git LFS pointer, not the weights: run \`git lfs pull\` there.`,
    );
  } finally {
    await file.close();
  }
}
