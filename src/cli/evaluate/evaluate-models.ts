import { join } from "node:path";
import { withModel } from "../../assembly/embedded-model";
import { openModel } from "../../assembly/open-model";
import type { Config } from "../../config/config";
import { readDataSet } from "../../evaluation/data-set/read-data-set";
import { selectSplit } from "../../evaluation/data-set/select-split";
import { evaluateDataSet, type Evaluated } from "../../evaluation/evaluate-data-set";
import { composeReport } from "../../evaluation/report/compose-report";
import type { Report } from "../../evaluation/report/report";
import type { MeasuredReranking } from "../../evaluation/measure/measure-rerank";
import { AppError } from "../../errors";
import { openReranker } from "../../assembly/reranking";
import type { Log } from "../../log";
import { note } from "../terminal";
import type { EvaluateOptions } from "./evaluate-options";
import { tellQuarters } from "./tell-quarters";

/** For one query. */
const PATIENCE_MS = 120_000;

type Options = Pick<EvaluateOptions, "rankings" | "sweeps" | "reranked" | "split" | "seed"> & {
  readonly folder: string;
  /** One or two. */
  readonly models: readonly string[];
};

/** Opens one model after the other and measures it over a data set. Throws BAD_USER_INPUT for one that cannot be used. */
export async function evaluateModels(options: Options, config: Config, log: Log): Promise<Report> {
  const { dataSet, split } = selectSplit(await readDataSet(options.folder), options.split);
  const vectorFolder = join(config.cacheFolder, "evaluation", "vectors");
  const models: Evaluated[] = [];
  const reranking = options.reranked === null ? null : await openReranking(config, options.reranked, log);
  try {
    for (const name of options.models) {
      const model = await openModel(withModel(config, name), log, note);
      const tell = tellQuarters();
      const onProgress = (done: number, total: number) => tell(`Embedding with ${name}`, done, total);
      const evaluated = evaluateDataSet(
        dataSet,
        { name, ...model },
        { ...options, reranking, vectorFolder, onProgress },
      );
      models.push(await evaluated.finally(() => model.close()));
    }
  } finally {
    await reranking?.stage.reranker.close();
  }
  return composeReport({ dataSet, split, seed: options.seed, models });
}

/** The configuration's reranker, with all the time that it takes: what is measured is its order. */
async function openReranking(config: Config, candidates: number, log: Log): Promise<MeasuredReranking> {
  const told = { ...log, info: (_: object, message: string) => note(message) };
  const reranker = await openReranker({ ...config, rerankTimeoutMs: PATIENCE_MS }, log, told);
  if (reranker === null) {
    throw new AppError(
      "RERANK_NOT_CONFIGURED",
      "--rerank measures the reranker that RERANK_MODEL names, and it is not set.",
    );
  }
  return { stage: { reranker, timeoutMs: PATIENCE_MS, readPicture: async () => null }, candidates };
}
