import { join } from "node:path";
import { findPython } from "./find-python.mjs";
import { rootFolder } from "./folders.mjs";
import { installVenv, isInstalledVenv, PYTHON_IN_VENV } from "./install-venv.mjs";
import { hashOf } from "./stamp.mjs";
import { step } from "./step.mjs";

const REQUIREMENTS = "requirements.txt";

/** Installs Milvus Lite into a clone's own virtual environment, .venv, when it is not there. */
export async function installMilvusLite() {
  await install(join(rootFolder, ".venv"), hashOf([REQUIREMENTS]));
}

/**
 * The same for an installed package, into a cache folder; the path of its Python. Each list of requirements has a folder of its
 * own: another version of Parallax may be running on the other one.
 */
export async function installMilvusLiteInCache(cacheFolder) {
  const hash = hashOf([REQUIREMENTS]);
  const folder = join(cacheFolder, "milvus-lite", hash.slice(0, 12));
  await install(folder, hash, cacheFolder);
  return join(folder, PYTHON_IN_VENV);
}

function install(folder, hash, lockFolder) {
  const isDone = () => isInstalledVenv(folder, hash);
  // Before anything is said of installing.
  if (!isDone()) findPython();
  const work = () => installVenv(folder, hash, ["-r", REQUIREMENTS]);
  return step("installing Milvus Lite (Python, about 450 MB)", isDone, work, lockFolder);
}
