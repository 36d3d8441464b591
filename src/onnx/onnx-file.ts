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

export const DTYPES: readonly string[] = Object.keys(SUFFIX_OF_DTYPE);

/** A dtype's ONNX file of this name, relative to the model. Undefined: there is no such dtype. */
export function onnxFile(file: string, dtype: string): string | undefined {
  const suffix = Object.hasOwn(SUFFIX_OF_DTYPE, dtype) ? SUFFIX_OF_DTYPE[dtype] : undefined;
  return suffix === undefined ? undefined : `onnx/${file}${suffix}.onnx`;
}

/** Weights over 2 GB lie beside the graph: model.onnx_data, model.onnx_data_1 … */
export function isExternalData(path: string, onnxPath: string): boolean {
  return path.startsWith(`${onnxPath}_data`) && !path.slice(onnxPath.length).includes("/");
}
