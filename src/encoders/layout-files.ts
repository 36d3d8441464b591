import { AppError } from "../errors";
import { DTYPES, isExternalData, onnxFile } from "../onnx/onnx-file";
import { MODEL_LAYOUTS, type ModelLayout } from "./model-layout";

/** The files without which no model loads. */
const REQUIRED_JSON = ["config.json", "tokenizer.json", "tokenizer_config.json"];
const PICTURES_JSON = "preprocessor_config.json";
/** What sentence-transformers keeps beside a text model: it decides vectors. */
export const TEXT_SETTINGS = [
  "1_Pooling/config.json",
  "config_sentence_transformers.json",
  "modules.json",
  "sentence_bert_config.json",
] as const;
const OPTIONAL_JSON = ["special_tokens_map.json", "calibration.json", "golden.json"];

/** The part of a model's files that one dtype needs. Paths are relative to the model, with "/". */
export interface LayoutFiles {
  readonly layout: ModelLayout;
  /** The ONNX files and the files of external weights that belong to them. */
  readonly onnx: readonly string[];
  /** JSON files that decide a vector, besides config.json. */
  readonly deciding: readonly string[];
  readonly json: readonly string[];
}

/** The layouts of a config.json's `model_type`. Throws INVALID_MODEL for one that is not known. */
export function layoutsOf(model: string, modelType: unknown): readonly ModelLayout[] {
  const layouts = MODEL_LAYOUTS.filter(({ modelTypes }) => modelTypes.includes(String(modelType)));
  if (layouts.length > 0) return layouts;
  const known = [...new Set(MODEL_LAYOUTS.flatMap(({ modelTypes }) => modelTypes))].join(", ");
  const said = modelType === undefined ? "no model_type" : `model_type ${JSON.stringify(modelType)}`;
  throw new AppError("INVALID_MODEL", `The config.json of ${model} says ${said}; Parallax loads ${known}.`);
}

/** Picks what a dtype needs out of all files of a model; throws INVALID_MODEL when something is not among them. */
export function chooseFiles(
  model: string,
  layouts: readonly ModelLayout[],
  dtype: string,
  paths: readonly string[],
): LayoutFiles {
  const layout = layouts.find((one) => hasOnnx(one, dtype, paths));
  const required = layouts[0]!.pictures === null ? REQUIRED_JSON : [...REQUIRED_JSON, PICTURES_JSON];
  const missing = required.filter((name) => !paths.includes(name));
  if (missing.length > 0) throw new AppError("INVALID_MODEL", `The model ${model} has no ${missing.join(", no ")}.`);
  if (layout === undefined) throw new AppError("INVALID_MODEL", missingDtype(model, layouts, dtype, paths));
  const onnx = onnxFiles(layout, dtype) ?? [];
  const weights = paths.filter((path) => onnx.some((file) => isExternalData(path, file)));
  const settings = layout.pictures === null ? TEXT_SETTINGS : [PICTURES_JSON];
  const deciding = ["tokenizer.json", ...settings.filter((name) => paths.includes(name))];
  const json = [...new Set([...required, ...deciding, ...OPTIONAL_JSON])].filter((name) => paths.includes(name));
  return { layout, onnx: [...onnx, ...weights], deciding, json };
}

function onnxFiles({ text, image }: ModelLayout, dtype: string): string[] | undefined {
  const files = new Set(image === null ? [text.file] : [text.file, image.file]);
  const paths = [...files].map((file) => onnxFile(file, dtype));
  return paths.every((path) => path !== undefined) ? paths : undefined;
}

const hasOnnx = (layout: ModelLayout, dtype: string, paths: readonly string[]): boolean =>
  onnxFiles(layout, dtype)?.every((path) => paths.includes(path)) ?? false;

function missingDtype(model: string, layouts: readonly ModelLayout[], dtype: string, paths: readonly string[]): string {
  const present = DTYPES.filter((other) => layouts.some((one) => hasOnnx(one, other, paths)));
  if (present.length > 0) {
    return `The model ${model} has no ONNX files for the dtype ${JSON.stringify(dtype)}; it has ${present.join(", ")}.`;
  }
  const lacking = (one: ModelLayout) => (onnxFiles(one, dtype) ?? []).filter((file) => !paths.includes(file));
  const missing = layouts.map((one) => `${lacking(one).join(" and ")}, for ${one.title}`).join("; or ");
  return `The model ${model} has no ONNX files that make it whole as ${dtype}. Missing: ${missing}.`;
}
