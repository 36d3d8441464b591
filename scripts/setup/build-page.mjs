import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, rootFolder } from "./folders.mjs";
import { run } from "./run.mjs";
import { hashOf, isStamped, writeStamp } from "./stamp.mjs";

const SOURCES = ["web", "schema", "package-lock.json"];
const BUILT = join(cacheFolder, "web", "page");
const STAMP = join(cacheFolder, "web", ".stamp");

/** Puts the search page into a folder; builds it when one of its sources has changed since it was built last. */
export async function buildPage(folder) {
  const hash = hashOf(SOURCES);
  if (!isStamped(STAMP, hash)) {
    rmSync(STAMP, { force: true });
    const vite = join(rootFolder, "node_modules", "vite", "bin", "vite.js");
    await run(process.execPath, [vite, "build", "--config", "web/vite.config.mjs", "--outDir", BUILT]);
    writeStamp(STAMP, hash);
  }
  cpSync(BUILT, folder, { recursive: true });
}
