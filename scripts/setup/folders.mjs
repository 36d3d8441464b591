import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository, wherever the script was started from. */
export const rootFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** What can be made anew at any time and is never committed. */
export const cacheFolder = join(rootFolder, ".cache");
