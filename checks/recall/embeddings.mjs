import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../kill-server.mjs";

const require = createRequire(import.meta.url);
const { resolveModel } = require("../../dist/encoders/model-files.js");
const { startOnnxEncoder } = require("../../dist/encoders/onnx-encoder.js");
const { startImageDecoder } = require("../../dist/images/decode/decoder.js");
const { drawGeneralSet } = require("../../dist/samples/draw-general-set.js");

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

/**
 * What the embedded model makes of texts and pictures of things in general, and of the queries: { fingerprint, texts,
 * pictures, textQueries: [{ text, vector }], pictureQueries: [{ base64, vector }] }.
 */
export async function embeddings(queries) {
  const general = drawGeneralSet(join(ROOT, ".cache/general-set"));
  const pictureFiles = await general.pictures();
  const bundledFolder = join(ROOT, "models/mini-clip");
  const request = {
    model: "mini-clip",
    revision: "main",
    dtype: "fp32",
    cacheFolder: join(ROOT, ".cache"),
    hubUrl: "",
  };
  const files = await resolveModel({ ...request, bundledFolder, log });
  const encoder = await startOnnxEncoder({
    files,
    dimension: null,
    device: "cpu",
    threads: null,
    startTimeoutMs: 60_000,
    deadlineMs: 120_000,
    log,
  });
  const bounds = { maxImageBytes: 2 ** 24, maxImagePixels: 5e7, maxMemoryBytes: 2 ** 30, deadlineMs: 60_000 };
  const decoder = await startImageDecoder({ processes: 1, ...bounds, log });
  try {
    const texts = vectorsOf(await encoder.encodeTexts(general.texts, "document"));
    const decoded = await decoder.decode(pictureFiles, encoder.picture);
    const pixels = decoded.map((one) => one.value.pixels);
    const pictures = vectorsOf(await encoder.encodeImages(pixels, "document"));
    const wanted = Array.from({ length: queries }, (_, i) => question(general.texts, i));
    const asked = vectorsOf(await encoder.encodeTexts(wanted, "query"));
    const textQueries = wanted.map((text, i) => ({ text, vector: asked[i] }));
    const shown = pictureFiles.slice(0, queries).map((file) => Buffer.from(file).toString("base64"));
    const pictureQueries = shown.map((base64, i) => ({ base64, vector: pictures[i] }));
    return { fingerprint: encoder.fingerprint, texts, pictures, textQueries, pictureQueries };
  } finally {
    await encoder.close();
    await decoder.close();
  }
}

const vectorsOf = (outcomes) => outcomes.map(({ value }) => value.vector);

/** Two things in one sentence that no document has. */
const question = (texts, i) =>
  `${texts[(i * 37) % texts.length]} And beside it: ${texts[(i * 53 + 11) % texts.length]}`;
