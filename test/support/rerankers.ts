import { join } from "node:path";
import { startOnnxReranker } from "../../src/rerankers/onnx-reranker";
import { resolveReranker, type RerankerRequest } from "../../src/rerankers/reranker-files";
import { silent } from "./models";

/** Tiny cross-encoders with random weights; test/fixtures/rerankers/README.md tells more. */
export const RERANKERS = ["bert", "jina"] as const;
export const rerankerFolder = (name: string): string => join(__dirname, "../fixtures/rerankers", name);

export const NEVER = new AbortController().signal;
export const texts = (...given: readonly string[]) => given.map((text) => ({ kind: "text", text }) as const);

export const rerankerRequest = (model: string, changes: Partial<RerankerRequest> = {}): RerankerRequest => ({
  model,
  revision: "main",
  dtype: "fp32",
  maxTokens: 512,
  cacheFolder: join(__dirname, "../../.cache/nowhere"),
  hubUrl: "http://127.0.0.1:9",
  log: silent,
  ...changes,
});

/** Starts a cross-encoder in its own process, as the app does. */
export async function startTestReranker(model: string, options: { maxTokens?: number; deadlineMs?: number } = {}) {
  const { maxTokens = 512, deadlineMs = 60_000 } = options;
  const files = await resolveReranker(rerankerRequest(model, { maxTokens }));
  return startOnnxReranker({ files, device: "cpu", threads: null, startTimeoutMs: 60_000, deadlineMs, log: silent });
}
