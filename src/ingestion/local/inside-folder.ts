import { realpath } from "node:fs/promises";
import { sep } from "node:path";

/** Whether a path is below a folder, by its letters; both absolute and without "..". */
const isWithin = (folder: string, path: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** Whether a path, with every link followed, is below a folder that is no link itself. */
export async function staysInside(folder: string, path: string): Promise<boolean> {
  const real = await realpath(path).catch(() => null);
  return real !== null && isWithin(folder, real);
}

/** Whether a path leads out of such a folder: by its letters, so that what lies outside is not even looked at, or by links. */
export async function leadsOut(folder: string, path: string): Promise<boolean> {
  if (!isWithin(folder, path)) return true;
  const real = await realpath(path).catch(() => null);
  return real !== null && !isWithin(folder, real);
}
