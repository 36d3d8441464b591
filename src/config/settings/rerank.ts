import { setting, type Settings } from "../setting";
import { dtype, integer, keyOrNull, oneOf, rerankModel, text, textOrNull } from "../setting-parsers";

/** A second look at the first hits. */
export const RERANK_SETTINGS = {
  rerankModel: setting(
    "RERANK_MODEL",
    "",
    "Rereads the first hits of searches that ask for it: a cross-encoder's hub id or folder, or https://… of a server of /v1/rerank (Jina, Cohere, vLLM …). Default: none.",
    rerankModel,
  ),
  rerankRevision: setting("RERANK_REVISION", "main", "Branch, tag or commit of the cross-encoder on the hub.", text),
  rerankDtype: setting(
    "RERANK_DTYPE",
    "fp32",
    "Which of its ONNX files: fp32, fp16, q8, int8, uint8, q4, q4f16 or bnb4.",
    dtype,
  ),
  rerankMaxTokens: setting(
    "RERANK_MAX_TOKENS",
    "512",
    "A query and a text are cut to so many tokens together, or to as many as the cross-encoder reads; a server gets what they can hold.",
    integer(16, 8_192),
  ),
  rerankModelName: setting("RERANK_MODEL_NAME", "", "What a server at RERANK_MODEL calls the model.", textOrNull),
  rerankApiKey: setting("RERANK_API_KEY", "", "Key of that server, where it wants one.", keyOrNull),
  rerankPictures: setting(
    "RERANK_PICTURES",
    "no",
    "Whether the model at that server sees pictures, sent as Jina's API takes them: yes (jina-reranker-m0) or no.",
    oneOf("yes", "no"),
  ),
  rerankTimeoutMs: setting(
    "RERANK_TIMEOUT_MS",
    "2000",
    "How long a search waits for the reranker, retries included; then its first order stays.",
    integer(50, 60_000),
  ),
} as const satisfies Settings;
