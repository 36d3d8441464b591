import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildExplorer } from "./build-explorer.mjs";
import { buildPage } from "./build-page.mjs";
import { buildSamples } from "./build-samples.mjs";
import { cacheFolder, rootFolder } from "./folders.mjs";
import { run } from "./run.mjs";
import { hashOf, isStamped, writeStamp } from "./stamp.mjs";
import { step } from "./step.mjs";

const SOURCES = ["src", "web", "schema", "tsconfig.json", "package-lock.json"];
/** What is made from packages beside the sources. */
const MADE_BY = ["build-explorer.mjs", "build-samples.mjs"].map((name) => `scripts/setup/${name}`);
const DIST = join(rootFolder, "dist");
const NEW_DIST = join(cacheFolder, "dist-new");
const OLD_DIST = join(cacheFolder, "dist-old");
const STAMP = ".stamp";
const require = createRequire(import.meta.url);

/**
 * Compiles src/ to dist/, with the search page in dist/web, when one of the sources has changed. Without the page it is no
 * whole build, and the next one begins anew: for what the page is generated from.
 */
export async function buildServer({ withPage }) {
  const hash = hashOf([...SOURCES, ...MADE_BY]);
  await step(
    "compiling",
    () => isStamped(join(DIST, STAMP), hash),
    async () => {
      rmSync(NEW_DIST, { recursive: true, force: true });
      const tsc = join(rootFolder, "node_modules", "typescript", "bin", "tsc");
      await run(process.execPath, [tsc, "-p", "tsconfig.json", "--outDir", NEW_DIST]);
      copyFileSync(require.resolve("@huggingface/transformers"), join(NEW_DIST, "onnx", "transformers.js"));
      if (withPage) await buildPage(join(NEW_DIST, "web"));
      if (withPage) await buildExplorer(NEW_DIST);
      buildSamples(join(NEW_DIST, "samples", "emoji"));
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
