// node scripts/calibrate-mini-clip.mjs: measures mini-clip on the general set and writes what came out beside its means
// into models/mini-clip/calibration.json, and its vectors of known texts and pictures into golden.json. Needed when the model,
// src/samples/general-set.ts or src/encoders/golden-samples.ts changes.
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const built = (name) => createRequire(import.meta.url)(join(ROOT, "dist", name));
const { checkGoldenVectors } = built("encoders/golden-vectors");
const { openModelCalibration } = built("encoders/model-calibration");
const { resolveModel } = built("encoders/model-files");
const { startOnnxEncoder } = built("encoders/onnx-encoder");
const { startImageDecoder } = built("images/decode/decoder");
const { drawGeneralSet } = built("samples/draw-general-set");

const log = { debug() {}, info() {}, warn: console.warn, error: console.error };
const cacheFolder = await mkdtemp(join(tmpdir(), "parallax-calibration-"));
const bundledFolder = join(ROOT, "models/mini-clip");
const model = { model: "mini-clip", revision: "", dtype: "fp32", cacheFolder, hubUrl: "", bundledFolder, log };
const files = { ...(await resolveModel(model)), calibrationPath: null };
const running = { device: "cpu", threads: null, startTimeoutMs: 60_000, deadlineMs: 60_000 };
const encoder = await startOnnxEncoder({ files, dimension: null, ...running, log });
const bounds = { maxImageBytes: 2e6, maxImagePixels: 1e6, maxMemoryBytes: 768 * 2 ** 20, deadlineMs: 60_000 };
const decoder = await startImageDecoder({ processes: 1, ...bounds, log });
try {
  const general = async () => drawGeneralSet(join(cacheFolder, "general-set"));
  await openModelCalibration({ files, encoder, decoder, general, cacheFolder, log });
  const [measured] = await readdir(join(cacheFolder, "calibration"));
  const { general: vectors } = JSON.parse(await readFile(join(cacheFolder, "calibration", measured), "utf8"));
  const path = join(bundledFolder, "calibration.json");
  const { mean } = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ mean, general: vectors }));
  await checkGoldenVectors({ encoder, decoder, cacheFolder, broughtPath: null, log });
  const [kept] = await readdir(join(cacheFolder, "golden"));
  await copyFile(join(cacheFolder, "golden", kept), join(bundledFolder, "golden.json"));
} finally {
  await Promise.all([encoder.close(), decoder.close()]);
  await rm(cacheFolder, { recursive: true });
}
