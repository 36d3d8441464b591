import { rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./folders.mjs";
import { installVenv, isInstalledVenv } from "./install-venv.mjs";
import { step } from "./step.mjs";

const FOLDER = join(cacheFolder, "test-milvus");
// The last Milvus server that was published as a Python package; it imports pkg_resources, gone from setuptools 81.
const PACKAGES = ["milvus==2.3.5", "setuptools<81"];
const HASH = PACKAGES.join(" ");

/** Installs a real Milvus server for the contract tests; where there is none for this platform, says so and goes on. */
export async function installTestServer() {
  await step("installing a Milvus server for the tests (81 MB)", () => isInstalledVenv(FOLDER, HASH), installOrExplain);
}

async function installOrExplain() {
  try {
    await installVenv(FOLDER, HASH, PACKAGES);
  } catch (error) {
    rmSync(FOLDER, { recursive: true, force: true });
    console.error(`setup: ${error.message}`);
    console.error(
      "setup: no Milvus server here: the contract tests that need one will be LEFT OUT; Milvus Lite stays.",
    );
  }
}
