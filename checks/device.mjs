/**
 * A model on another device than the processor: vectors of texts of all lengths and of pictures must be like the processor's,
 * whatever else is in their batch, and it is told how many go a second on either. The libraries of the device have to be there
 * (docs/models.md).
 *
 *   npm run check:device -- --device cuda [--model mini-clip --dtype fp32 --items 512 --batch 32]
 *
 * --model   mini-clip, or the folder of one
 * --items   how many texts, and how many pictures
 */
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { randomNumbers } from "./random.mjs";

const require = createRequire(import.meta.url);
const { resolveModel } = require("../dist/encoders/model-files.js");
const { startOnnxEncoder } = require("../dist/encoders/onnx-encoder.js");
const { dot } = require("../dist/documents/vector.js");

/** As golden vectors have it: more is another rounding, not another model. */
const LEAST_COSINE = 0.999;
const MAX_WORDS = 120;
const ROOT = join(import.meta.dirname, "..");
const WORDS = "a red cat on the grey roof of an old house by a river looks at two small boats in heavy rain".split(" ");

const { values } = parseArgs({
  options: {
    device: { type: "string", default: "cuda" },
    model: { type: "string", default: "mini-clip" },
    dtype: { type: "string", default: "fp32" },
    items: { type: "string", default: "512" },
    batch: { type: "string", default: "32" },
  },
});
if (values.device === "cpu") throw new Error("--device is what is compared with the processor: cuda, coreml or dml.");
const [items, batch] = [Number(values.items), Number(values.batch)];
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: console.warn, error: console.error };
const print = (what, value) => console.log(`${what.padEnd(44)} ${value}`);

const startOn = async (device, files) => {
  const began = performance.now();
  const options = { files, dimension: null, device, threads: null, startTimeoutMs: 300_000, deadlineMs: 300_000, log };
  const encoder = await startOnnxEncoder(options);
  print(`${device}: ready in, s`, ((performance.now() - began) / 1_000).toFixed(1));
  return encoder;
};

/** Vectors in batches of a size, and how many a second, the first batch left out: it makes things ready. */
async function encode(all, size, run) {
  const vectors = [];
  let began;
  for (let at = 0; at < all.length; at += size) {
    if (at === size) began = performance.now();
    const outcomes = await run(all.slice(at, at + size));
    for (const outcome of outcomes) {
      if (!outcome.ok) throw outcome.error;
      vectors.push(outcome.value.vector);
    }
  }
  return { vectors, perSecond: ((all.length - size) * 1_000) / (performance.now() - began) };
}

const random = randomNumbers(1);
const textOf = (n) => {
  const length = 1 + Math.floor(random() ** 3 * MAX_WORDS);
  return `${Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ")} ${n}`;
};
const pictureOf = (side) => ({
  side,
  rgb: Uint8Array.from({ length: side * side * 3 }, () => Math.floor(256 * random())),
});

const files = await resolveModel({
  model: values.model,
  revision: "main",
  dtype: values.dtype,
  cacheFolder: join(tmpdir(), "parallax-check-device"),
  hubUrl: "http://127.0.0.1:9",
  bundledFolder: join(ROOT, "models/mini-clip"),
  log,
});
const encoders = { cpu: await startOn("cpu", files), [values.device]: await startOn(values.device, files) };
const kinds = { texts: { all: Array.from({ length: items }, (_, n) => textOf(n)), call: "encodeTexts" } };
const { picture } = encoders.cpu;
if (picture !== null) {
  kinds.pictures = { all: Array.from({ length: items }, () => pictureOf(picture.side)), call: "encodeImages" };
}

let lowest = 1;
for (const [kind, { all, call }] of Object.entries(kinds)) {
  const found = {};
  for (const [device, encoder] of Object.entries(encoders)) {
    for (const size of [1, batch]) {
      const some = size === 1 ? all.slice(0, Math.ceil(items / 8)) : all;
      const told = await encode(some, size, (part) => encoder[call](part, "document"));
      print(`${kind} by ${size} on ${device}, a second`, told.perSecond.toFixed(1));
      found[`${device} ${size}`] = told.vectors;
    }
  }
  const right = found[`cpu ${batch}`];
  for (const [how, vectors] of Object.entries(found)) {
    const least = Math.min(...vectors.map((vector, i) => dot(vector, right[i])));
    print(`${kind}: lowest cosine, ${how} to cpu ${batch}`, least.toFixed(6));
    lowest = Math.min(lowest, least);
  }
}
await Promise.all(Object.values(encoders).map((encoder) => encoder.close()));
print("lowest cosine of all (at least 0.999)", lowest.toFixed(6));
process.exitCode = lowest >= LEAST_COSINE ? 0 : 1;
