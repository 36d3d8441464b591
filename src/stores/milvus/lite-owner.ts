import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILE = "owner.pid";

/** Writes down in a Milvus Lite's folder that this process has it; where that fails, the next one only waits longer for it. */
export const noteOwner = (folder: string): Promise<void> =>
  writeFile(join(folder, FILE), String(process.pid)).catch(() => undefined);

/**
 * Whether the process that had a Milvus Lite's folder last is still there, and is another one; false where nothing is known of it.
 * In a container the one before had the number of this one, and is gone.
 */
export async function isOwnerAlive(folder: string): Promise<boolean> {
  const pid = Number(await readFile(join(folder, FILE), "utf8").catch(() => ""));
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
