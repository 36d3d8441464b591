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

const writesModels = () =>
  step(
    "installing what writes a model (onnx)",
    () => isInstalledVenv(VENV, PACKAGES.join(" ")),
    () => installVenv(VENV, PACKAGES.join(" "), PACKAGES),
  );

/** The folder of a model of JinaCLIP v1's true size with random weights (0.9 GB), made where it is not there yet. */
export async function fullSizeModel() {
  await writesModels();
  await step("writing a model of full size (0.9 GB)", () => existsSync(MODEL), make);
  return MODEL;
}

/**
 * The same of another family (clip, siglip, siglip2, text), for as long as the work with its folder takes: together they are
 * 4 GB.
 */
export async function withFamily(family, work) {
  await writesModels();
  const folder = join(cacheFolder, "bench-models", family);
  const remove = () => rm(folder, { recursive: true, force: true });
  await remove();
  try {
    const script = join(rootFolder, "bench/full-size/make_family.py");
    const given = [join(rootFolder, "test/fixtures/model-families"), join(rootFolder, "models/mini-clip")];
    const make = () => run(join(VENV, PYTHON_IN_VENV), [script, family, folder, ...given]);
    await step(`writing a model of full size (${family})`, () => false, make);
    return await work(folder);
  } finally {
    await remove();
  }
}

async function make() {
  const unfinished = `${MODEL}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await run(join(VENV, PYTHON_IN_VENV), [SCRIPT, unfinished, join(rootFolder, "models/mini-clip")]);
  await rename(unfinished, MODEL);
}
