import { AppError } from "../errors";

/** `what` follows "The reranker". */
export const rerankFailed = (what: string, cause?: unknown): AppError =>
  new AppError("RERANK_FAILED", `The reranker ${what}.`, { cause });
