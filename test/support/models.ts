import { join } from "node:path";
import { pino } from "pino";
import { resolveModel } from "../../src/encoders/model-files";
import { startOnnxEncoder } from "../../src/encoders/onnx-encoder";

const root = join(__dirname, "../..");
export const MINI_CLIP = join(root, "models/mini-clip");
export const V2_LAYOUT = join(root, "test/fixtures/model-v2-layout");
/** Tiny models with random weights, one a layout; test/fixtures/model-families/README.md tells more. */
export const FAMILIES = ["clip", "siglip", "siglip2", "text-mean", "text-cls"] as const;
export type Family = (typeof FAMILIES)[number];
export const TEXT_FAMILIES: readonly Family[] = ["text-mean", "text-cls"];
export const FAMILIES_FOLDER = join(root, "test/fixtures/model-families");
export const familyFolder = (family: Family): string => join(FAMILIES_FOLDER, family);

export const silent = pino({ level: "silent" });

/** Starts a model of the repository in its own process, as the app does. */
export async function startTestModel(model: string, options: { dimension?: number; log?: typeof silent } = {}) {
  const log = options.log ?? silent;
  const files = await resolveModel({
    model,
    revision: "main",
    dtype: "fp32",
    cacheFolder: join(root, ".cache/nowhere"),
    hubUrl: "http://127.0.0.1:9",
    bundledFolder: MINI_CLIP,
    log,
  });
  return startOnnxEncoder({
    files,
    dimension: options.dimension ?? null,
    device: "cpu",
    threads: null,
    startTimeoutMs: 60_000,
    deadlineMs: 60_000,
    log,
  });
}
