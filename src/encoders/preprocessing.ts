import { AppError } from "../errors";
import type { PictureShape } from "../ports/encoder";
import type { PictureDefaults } from "./model-layout";
import { asObject, type Json, numbersOf, readJson, valueAt } from "../onnx/read-json";

/** How a picture becomes `pixel_values`. */
export interface Preprocessing {
  readonly shape: PictureShape;
  /** Per RGB channel, of values 0 to 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** For the fingerprint: "shortest 96 bicubic centre". */
  readonly description: string;
}

const FILE = "preprocessor_config.json";
/** By Pillow's numbers, as transformers writes them. */
const FILTERS: Readonly<Record<string, PictureShape["filter"]>> = { 1: "lanczos", 2: "bilinear", 3: "bicubic" };

/**
 * Reads preprocessor_config.json: JinaCLIP's form (`resize_mode`, `interpolation`), or that of transformers' processors
 * (`size`, `crop_size`, `resample`). Throws INVALID_MODEL for what Parallax does not do to a picture.
 */
export async function readPreprocessing(
  folder: string,
  defaults: PictureDefaults,
  config: Json,
): Promise<Preprocessing> {
  const file = await readJson(folder, FILE);
  const { side, resampler } = defaults;
  const given =
    file["size"] ?? side.at.map((path) => valueAt(config, path)).find((one) => one !== undefined) ?? side.otherwise;
  const shape = resampler === "libvips" ? jinaShape(folder, file, given) : shapeOf(folder, file, defaults, given);
  return {
    shape,
    mean: threeNumbers(file["mean"] ?? file["image_mean"], defaults.mean),
    std: threeNumbers(file["std"] ?? file["image_std"], defaults.std),
    description: describe(shape),
  };
}

/** What JinaCLIP's fingerprints have said since there are any must not change: it names collections. */
function describe({ side, fit, scaledTo, filter, resampler }: PictureShape): string {
  if (resampler === "libvips") return `shortest ${side} ${filter} centre`;
  return fit === "cover"
    ? `shortest ${scaledTo} ${filter} centre ${side}, ${resampler}`
    : `squash ${side} ${filter}, ${resampler}`;
}

function jinaShape(folder: string, file: Json, given: unknown): PictureShape {
  const { resize_mode: mode = "shortest", interpolation = "bicubic" } = file;
  if (mode !== "shortest" || interpolation !== "bicubic") {
    const asked = `${String(mode)}, ${String(interpolation)}`;
    throw refused(
      folder,
      `wants pictures resized by "${asked}"; of JinaCLIP's ways, Parallax knows "shortest, bicubic" only`,
    );
  }
  const side = sideOf(folder, given);
  return { side, fit: "cover", scaledTo: side, filter: "bicubic", resampler: "libvips" };
}

function shapeOf(folder: string, file: Json, { fit }: PictureDefaults, given: unknown): PictureShape {
  checkSteps(folder, file);
  const filter = filterOf(folder, file["resample"] ?? 3);
  const scaledTo = sideOf(folder, given);
  const resampler = "pillow";
  if (fit === "squash" || "height" in asObject(given))
    return { side: scaledTo, fit: "squash", scaledTo, filter, resampler };
  const side = sideOf(folder, file["crop_size"] ?? scaledTo);
  if (file["do_center_crop"] === false || side > scaledTo) {
    throw refused(folder, `cuts no square of at most ${scaledTo} pixels out of the middle`);
  }
  return { side, fit: "cover", scaledTo, filter, resampler };
}

/** What Parallax always does, and what it never does. */
function checkSteps(folder: string, file: Json): void {
  const left = ["do_resize", "do_rescale", "do_normalize"].find((step) => file[step] === false);
  if (left !== undefined) throw refused(folder, `says ${left}: false, but Parallax always does that`);
  if (file["do_pad"] === true) throw refused(folder, "says do_pad: true, but Parallax pads no pictures");
  const factor = Number(file["rescale_factor"] ?? 1 / 255);
  if (Math.abs(factor * 255 - 1) > 1e-6)
    throw refused(folder, `says rescale_factor: ${factor}; Parallax knows 1/255 only`);
}

function filterOf(folder: string, resample: unknown): PictureShape["filter"] {
  const filter = Object.hasOwn(FILTERS, String(resample)) ? FILTERS[String(resample)] : undefined;
  if (filter !== undefined) return filter;
  throw refused(folder, `says resample: ${String(resample)}; Parallax knows 1 (Lanczos), 2 (bilinear) and 3 (bicubic)`);
}

/** 224, { shortest_edge: 224 } or { height: 224, width: 224 }. */
function sideOf(folder: string, value: unknown): number {
  const { shortest_edge: shortest, height, width } = asObject(value);
  const side = typeof value === "number" ? value : (shortest ?? (height === width ? height : undefined));
  if (Number.isSafeInteger(side) && Number(side) > 0) return Number(side);
  throw refused(
    folder,
    `gives the picture size ${JSON.stringify(value)}; it must be a whole number, or the same for both sides`,
  );
}

function threeNumbers(value: unknown, otherwise: readonly number[]): readonly number[] {
  const found = numbersOf(value);
  return found.length === 3 ? found : otherwise;
}

const refused = (folder: string, what: string): AppError =>
  new AppError("INVALID_MODEL", `The ${FILE} in ${folder} ${what}.`);
