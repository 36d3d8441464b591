import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, rootFolder } from "../../scripts/setup/folders.mjs";
import { installVenv, isInstalledVenv, PYTHON_IN_VENV } from "../../scripts/setup/install-venv.mjs";
import { run } from "../../scripts/setup/run.mjs";
import { step } from "../../scripts/setup/step.mjs";

const VENV = join(cacheFolder, "bench-onnx");
const PACKAGES = ["onnx==1.23.2"];
const MODEL = join(cacheFolder, "bench-models/full-size");
const SCRIPT = join(rootFolder, "bench/full-size/make_model.py");

/** The folder of a model of JinaCLIP v1's true size with random weights (0.9 GB), made where it is not there yet. */
export async function fullSizeModel() {
  await step(
    "installing what writes a model (onnx)",
    () => isInstalledVenv(VENV, PACKAGES.join(" ")),
    () => installVenv(VENV, PACKAGES.join(" "), PACKAGES),
  );
  await step("writing a model of full size (0.9 GB)", () => existsSync(MODEL), make);
  return MODEL;
}

async function make() {
  const unfinished = `${MODEL}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await run(join(VENV, PYTHON_IN_VENV), [SCRIPT, unfinished, join(rootFolder, "models/mini-clip")]);
  await rename(unfinished, MODEL);
}
