import { cpSync, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build-page.mjs";
import { cacheFolder, rootFolder } from "./folders.mjs";
import { run } from "./run.mjs";
import { hashOf, isStamped, writeStamp } from "./stamp.mjs";
import { step } from "./step.mjs";

const SOURCES = ["src", "web", "schema", "tsconfig.json", "package-lock.json"];
const DIST = join(rootFolder, "dist");
const NEW_DIST = join(cacheFolder, "dist-new");
const OLD_DIST = join(cacheFolder, "dist-old");
const STAMP = ".stamp";

/**
 * Compiles src/ to dist/, with the search page in dist/web, when one of the sources has changed. Without the page it is no
 * whole build, and the next one begins anew: for what the page is generated from.
 */
export async function buildServer({ withPage }) {
  const hash = hashOf(SOURCES);
  await step(
    "compiling",
    () => isStamped(join(DIST, STAMP), hash),
    async () => {
      rmSync(NEW_DIST, { recursive: true, force: true });
      const tsc = join(rootFolder, "node_modules", "typescript", "bin", "tsc");
      await run(process.execPath, [tsc, "-p", "tsconfig.json", "--outDir", NEW_DIST]);
      if (withPage) await buildPage(join(NEW_DIST, "web"));
      cpSync(join(rootFolder, "src"), NEW_DIST, { recursive: true, filter: isAsset });
      if (withPage) writeStamp(join(NEW_DIST, STAMP), hash);
      swap();
    },
  );
}

/** Whole or not at all, and nothing of a deleted source stays: a server that runs from dist never sees half of one. */
function swap() {
  rmSync(OLD_DIST, { recursive: true, force: true });
  if (existsSync(DIST)) renameSync(DIST, OLD_DIST);
  renameSync(NEW_DIST, DIST);
  rmSync(OLD_DIST, { recursive: true, force: true });
}

function isAsset(path) {
  return statSync(path).isDirectory() || !path.endsWith(".ts");
}
