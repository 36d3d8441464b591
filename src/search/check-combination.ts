import { AppError } from "../errors";
import { rerankQuery } from "./rerank-query";
import type { SearchRequest } from "./search-request";

/** Throws BAD_USER_INPUT and RERANK_NOT_CONFIGURED for what does not go together. */
export function checkCombination(request: SearchRequest, rerankModel: string | null): void {
  const { keywords, ranking, rerank: wanted } = request;
  if (keywords !== null && ranking !== "calibrated" && ranking !== "rrf") {
    throw new AppError(
      "BAD_USER_INPUT",
      "Keywords go together with the rankings CALIBRATED and RRF only. Choose one of these, or leave the keywords out.",
    );
  }
  if (wanted === null) return;
  if (rerankModel === null) throw rerankNotConfigured();
  if ((wanted.model ?? rerankModel) !== rerankModel) throw anotherReranker(rerankModel, wanted.model!);
  if (rerankQuery(request) === null) {
    throw new AppError(
      "BAD_USER_INPUT",
      "A reranker compares words, and this query has none that it looks for. Add a text with a weight above 0, or keywords, or leave `rerank` out.",
    );
  }
}

const SHOWN = 100;

const anotherReranker = (model: string, wanted: string): AppError =>
  new AppError(
    "RERANK_NOT_CONFIGURED",
    `This server rereads with ${JSON.stringify(model)} and has no ${JSON.stringify(wanted.slice(0, SHOWN))}. ` +
      "Leave `rerank.model` out, or ask its operator to set RERANK_MODEL.",
  );

const rerankNotConfigured = (): AppError =>
  new AppError(
    "RERANK_NOT_CONFIGURED",
    "This server has no reranker. Its operator has to set RERANK_MODEL. Searches work without `rerank`.",
  );
