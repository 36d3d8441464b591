import { AppError } from "../errors";

/** How a model's ONNX files are cut: one per kind of input (jina-clip-v1), or one for both (jina-clip-v2). */
export type ModelLayout = "towers" | "fused";

/** What each dtype adds to the name of an ONNX file; the names are those of Transformers.js. */
const SUFFIX_OF_DTYPE: Record<string, string> = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
  bnb4: "_bnb4",
};

/** The files without which no model loads. */
const REQUIRED_JSON = ["config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"];
const OPTIONAL_JSON = ["special_tokens_map.json", "calibration.json"];

/** The part of a model's files that one dtype needs. Paths are relative to the model, with "/". */
export interface LayoutFiles {
  readonly layout: ModelLayout;
  /** The ONNX files and the files of external weights that belong to them. */
  readonly onnx: readonly string[];
  readonly json: readonly string[];
}

/** Picks what a dtype needs out of all files of a model; throws INVALID_MODEL when something is not among them. */
export function chooseFiles(model: string, dtype: string, paths: readonly string[]): LayoutFiles {
  const missing = REQUIRED_JSON.filter((name) => !paths.includes(name));
  if (missing.length > 0) throw new AppError("INVALID_MODEL", `The model ${model} has no ${missing.join(", no ")}.`);
  const chosen = onnxFiles(dtype, paths);
  if (chosen === undefined) throw new AppError("INVALID_MODEL", missingDtype(model, dtype, paths));
  const weights = paths.filter((path) => chosen.onnx.some((file) => isExternalData(path, file)));
  const json = [...REQUIRED_JSON, ...OPTIONAL_JSON].filter((name) => paths.includes(name));
  return { layout: chosen.layout, onnx: [...chosen.onnx, ...weights], json };
}

function onnxFiles(dtype: string, paths: readonly string[]): Omit<LayoutFiles, "json"> | undefined {
  const suffix = Object.hasOwn(SUFFIX_OF_DTYPE, dtype) ? SUFFIX_OF_DTYPE[dtype] : undefined;
  if (suffix === undefined) return undefined;
  const towers = [`onnx/text_model${suffix}.onnx`, `onnx/vision_model${suffix}.onnx`];
  if (towers.every((path) => paths.includes(path))) return { layout: "towers", onnx: towers };
  const fused = `onnx/model${suffix}.onnx`;
  return paths.includes(fused) ? { layout: "fused", onnx: [fused] } : undefined;
}

/** Weights over 2 GB lie beside the graph: model.onnx_data, model.onnx_data_1 … */
function isExternalData(path: string, onnxFile: string): boolean {
  return path.startsWith(`${onnxFile}_data`) && !path.slice(onnxFile.length).includes("/");
}

function missingDtype(model: string, dtype: string, paths: readonly string[]): string {
  const present = Object.keys(SUFFIX_OF_DTYPE).filter((other) => onnxFiles(other, paths) !== undefined);
  if (present.length === 0) {
    return `The model ${model} has no ONNX files: neither onnx/text_model.onnx with onnx/vision_model.onnx nor onnx/model.onnx.`;
  }
  return `The model ${model} has no ONNX files for the dtype ${JSON.stringify(dtype)}; it has ${present.join(", ")}.`;
}
