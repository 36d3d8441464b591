/** Where ONNX Runtime runs a model. */
export type ModelDevice = "cpu" | "cuda" | "coreml" | "dml";
