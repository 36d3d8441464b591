import { join } from "node:path";
import { rootFolder } from "./folders.mjs";
import { installVenv, isInstalledVenv } from "./install-venv.mjs";
import { hashOf } from "./stamp.mjs";
import { step } from "./step.mjs";

const FOLDER = join(rootFolder, ".venv");
const REQUIREMENTS = "requirements.txt";

/** Installs Milvus Lite into the project's own virtual environment, .venv, when it is not there. */
export async function installMilvusLite() {
  const hash = hashOf([REQUIREMENTS]);
  await step(
    "installing Milvus Lite (Python, about 450 MB)",
    () => isInstalledVenv(FOLDER, hash),
    () => installVenv(FOLDER, hash, ["-r", REQUIREMENTS]),
  );
}
