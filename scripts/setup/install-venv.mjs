import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "./find-python.mjs";
import { run } from "./run.mjs";
import { isStamped, writeStamp } from "./stamp.mjs";

export const PYTHON_IN_VENV = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
// "Downloading faiss_cpu-1.15.1-cp311-….whl (24.1 MB)"; the many small ones are not worth a line.
const LARGE_DOWNLOAD = /Downloading (\w+)-([\d.]+)\S* \(([\d.]+ MB)\)/;

/** Whether the virtual environment in `folder` is whole, has its Python still, and was made from `hash`. */
export function isInstalledVenv(folder, hash) {
  return isStamped(join(folder, ".stamp"), hash) && existsSync(join(folder, PYTHON_IN_VENV));
}

/** Makes a virtual environment anew and installs into it what the arguments for pip name. */
export async function installVenv(folder, hash, pipArgs) {
  const python = findPython();
  rmSync(folder, { recursive: true, force: true });
  await run(python, ["-m", "venv", folder]);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  await run(join(folder, PYTHON_IN_VENV), [...pip, ...pipArgs], showProgress);
  writeStamp(join(folder, ".stamp"), hash);
}

function showProgress(line) {
  const [, name, version, size] = LARGE_DOWNLOAD.exec(line) ?? [];
  if (name) console.error(`setup:   downloading ${name} ${version} (${size})`);
  if (line.startsWith("Installing collected packages")) console.error("setup:   unpacking");
}
