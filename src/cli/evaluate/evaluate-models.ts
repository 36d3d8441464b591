import { join } from "node:path";
import { withModel } from "../../assembly/embedded-model";
import { openModel } from "../../assembly/open-model";
import type { Config } from "../../config/config";
import { readDataSet } from "../../evaluation/data-set/read-data-set";
import { selectSplit } from "../../evaluation/data-set/select-split";
import { evaluateDataSet, type Evaluated } from "../../evaluation/evaluate-data-set";
import { composeReport } from "../../evaluation/report/compose-report";
import type { Report } from "../../evaluation/report/report";
import type { Log } from "../../log";
import { note } from "../terminal";
import type { EvaluateOptions } from "./evaluate-options";
import { tellQuarters } from "./tell-quarters";

type Options = Pick<EvaluateOptions, "rankings" | "sweeps" | "split" | "seed"> & {
  readonly folder: string;
  /** One or two. */
  readonly models: readonly string[];
};

/** Opens one model after the other and measures it over a data set. Throws BAD_USER_INPUT for one that cannot be used. */
export async function evaluateModels(options: Options, config: Config, log: Log): Promise<Report> {
  const { dataSet, split } = selectSplit(await readDataSet(options.folder), options.split);
  const vectorFolder = join(config.cacheFolder, "evaluation", "vectors");
  const models: Evaluated[] = [];
  for (const name of options.models) {
    const model = await openModel(withModel(config, name), log, note);
    const tell = tellQuarters();
    const onProgress = (done: number, total: number) => tell(`Embedding with ${name}`, done, total);
    const evaluated = evaluateDataSet(dataSet, { name, ...model }, { ...options, vectorFolder, onProgress });
    models.push(await evaluated.finally(() => model.close()));
  }
  return composeReport({ dataSet, split, seed: options.seed, models });
}
