import { mkdir, readdir, rm } from "node:fs/promises";
import { AppError } from "../errors";
import { documentsFile, exportStateOf, FORMATS, markUnfinished, picturesFolder } from "./manifest";

/** Throws BAD_USER_INPUT unless an export may be written to the folder: it is not there, empty, or holds an unfinished one. */
export async function checkExportFolder(folder: string): Promise<void> {
  const state = await exportStateOf(folder);
  if (state === "finished")
    throw new AppError("BAD_USER_INPUT", `${folder} holds an export already. Name another folder, or delete that one.`);
  const entries = await readdir(folder).catch(() => []);
  if (state === null && entries.length > 0)
    throw new AppError("BAD_USER_INPUT", `${folder} is not empty. Name a new folder for the export.`);
}

/** Makes the folder, without what an unfinished export left. */
export async function clearExportFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await markUnfinished(folder);
    const left = [...FORMATS.map((format) => documentsFile(folder, format)), picturesFolder(folder)];
    for (const path of left) await rm(path, { recursive: true, force: true });
  } catch (cause) {
    throw new AppError("BAD_USER_INPUT", `The folder ${folder} cannot be made or written to.`, { cause });
  }
}
