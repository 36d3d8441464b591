// The model with nothing around it: ONNX Runtime, its tokenizer, sharp.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import sharp from "sharp";
import { ROOT } from "./stage.mjs";

const require = createRequire(import.meta.url);
const FOLDER = join(ROOT, "models/mini-clip");
const { mean, std, size } = JSON.parse(readFileSync(join(FOLDER, "preprocessor_config.json"), "utf8"));

export async function openRawModel() {
  const { InferenceSession, Tensor } = require("onnxruntime-node");
  const { AutoTokenizer, env } = require("@huggingface/transformers");
  env.localModelPath = join(ROOT, "models");
  env.allowRemoteModels = false;
  const options = { enableCpuMemArena: false };
  const tokenizer = await AutoTokenizer.from_pretrained("mini-clip", { local_files_only: true });
  const text = await InferenceSession.create(join(FOLDER, "onnx/text_model.onnx"), options);
  const vision = await InferenceSession.create(join(FOLDER, "onnx/vision_model.onnx"), options);
  const encodeTexts = async (texts) => {
    const { input_ids } = tokenizer(texts, { padding: true, truncation: true });
    await text.run({ input_ids: new Tensor("int64", input_ids.data, input_ids.dims) });
  };
  const encodeImages = async (files) => {
    const values = new Float32Array(files.length * 3 * size * size);
    const pixels = await Promise.all(
      files.map((file) =>
        sharp(file).flatten({ background: "#fff" }).resize(size, size).removeAlpha().raw().toBuffer(),
      ),
    );
    pixels.forEach((rgb, n) => {
      for (let i = 0; i < rgb.length; i++) {
        const channel = i % 3;
        values[n * rgb.length + channel * size * size + (i - channel) / 3] =
          (rgb[i] / 255 - mean[channel]) / std[channel];
      }
    });
    await vision.run({ pixel_values: new Tensor("float32", values, [files.length, 3, size, size]) });
  };
  return { encodeTexts, encodeImages };
}
