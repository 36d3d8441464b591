// Set-up puts the library's own bundle in place of this file once it is compiled: it runs as it is, and an installed package
// goes without what the bundle's own package brings for browsers (150 MB).
export {
  AutoModel,
  AutoTokenizer,
  env,
  JinaCLIPTextModel,
  JinaCLIPVisionModel,
  Tensor,
} from "@huggingface/transformers";
