import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors";

const LFS_POINTER = "version https://git-lfs.github.com/spec/";
const SUBFOLDERS = ["onnx", "1_Pooling"];

/** The files of a model's folder, relative to it, with "/". Throws INVALID_MODEL for what is no folder. */
export async function pathsUnder(folder: string): Promise<string[]> {
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

/** Throws INVALID_MODEL for a file that is empty or a placeholder. */
export async function checkFile(path: string): Promise<void> {
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
