// raw-model.mjs FOLDER: a process with the bare model: ONNX Runtime, its tokenizer and sharp, nothing around them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import sharp from "sharp";
import { AutoTokenizer, env } from "@huggingface/transformers";

const { InferenceSession, Tensor } = createRequire(import.meta.url)("onnxruntime-node");
const FOLDER = process.argv[2];
const TEXTS_A_RUN = 64;

env.localModelPath = dirname(FOLDER);
env.allowRemoteModels = false;
const tokenizer = await AutoTokenizer.from_pretrained(basename(FOLDER), { local_files_only: true });
const textTower = await InferenceSession.create(join(FOLDER, "onnx/text_model.onnx"));
const pictureTower = await InferenceSession.create(join(FOLDER, "onnx/vision_model.onnx"));
const { mean, std, size } = JSON.parse(readFileSync(join(FOLDER, "preprocessor_config.json"), "utf8"));
/** As many as Parallax gives its model at once: 32 of 96 pixels a side, 20 of 224. */
const PICTURES_A_RUN = Math.min(32, Math.floor(1_000_000 / (size * size)));

/** Milliseconds in each stage of the request at hand. */
let stages = {};

async function during(stage, work) {
  const began = performance.now();
  const result = await work();
  stages[stage] = (stages[stage] ?? 0) + performance.now() - began;
  return result;
}

async function encodeTexts(texts) {
  const { input_ids: ids } = await during("tokenize", () => tokenizer(texts, { padding: true, truncation: true }));
  await during("encode", () => textTower.run({ input_ids: new Tensor("int64", ids.data, ids.dims) }));
}

async function encodePictures(files) {
  const area = size * size;
  const decode = (file) =>
    sharp(file).resize(size, size, { fit: "cover", kernel: "cubic" }).removeAlpha().raw().toBuffer();
  const pictures = await during("decode and resize", () => Promise.all(files.map(decode)));
  const values = await during("normalize", () => normalized(pictures, area));
  const dims = [files.length, 3, size, size];
  await during("encode", () => pictureTower.run({ pixel_values: new Tensor("float32", values, dims) }));
}

function normalized(pictures, area) {
  const values = new Float32Array(pictures.length * 3 * area);
  pictures.forEach((rgb, n) => {
    for (let i = 0; i < rgb.length; i++) {
      const channel = i % 3;
      values[(n * 3 + channel) * area + (i - channel) / 3] = (rgb[i] / 255 - mean[channel]) / std[channel];
    }
  });
  return values;
}

async function inRuns(items, perRun, encode) {
  for (let at = 0; at < items.length; at += perRun) await encode(items.slice(at, at + perRun));
}

process.on("message", async ({ texts = [], pictures = [], perRun }) => {
  stages = {};
  const began = performance.now();
  await inRuns(texts, perRun ?? TEXTS_A_RUN, encodeTexts);
  await inRuns(pictures, perRun ?? PICTURES_A_RUN, encodePictures);
  process.send({ ms: performance.now() - began, stages });
});
process.once("disconnect", () => process.exit());
await encodeTexts(["warm"]);
process.send({ ready: true });
