import { join } from "node:path";
import type { Config } from "../../config/config";
import type { Log } from "../../log";
import { readDataSet } from "../../evaluation/data-set/read-data-set";
import { selectSplit } from "../../evaluation/data-set/select-split";
import type { EvaluateOptions } from "./evaluate-options";
import { measureRelevance } from "../../evaluation/measure/measure-relevance";
import { measureSweep, type Sweep } from "../../evaluation/measure/sweep";
import { measureTasks, type TaskScores } from "../../evaluation/measure/measure-tasks";
import { openModel, type OpenModel } from "../../assembly/open-model";
import type { ModelReport, Report } from "../../evaluation/report/report";
import { compareModels, summariseSweep, summariseTasks } from "../../evaluation/report/summarise";
import { note } from "../terminal";
import { tellQuarters } from "./tell-quarters";
import { embedDataSet } from "../../evaluation/vectors/embed-data-set";
import { VectorCache } from "../../evaluation/vectors/vector-cache";
import type { DataSet } from "../../evaluation/data-set/data-set";

interface Evaluated {
  readonly report: ModelReport;
  readonly tasks: readonly TaskScores[];
}

type Options = Pick<EvaluateOptions, "rankings" | "sweeps" | "split" | "seed"> & {
  readonly folder: string;
  /** One or two. */
  readonly models: readonly string[];
};

/** Measures one or two models over a data set. Throws BAD_USER_INPUT for a data set that cannot be used. */
export async function evaluateDataSet(options: Options, config: Config, log: Log): Promise<Report> {
  const { dataSet, split } = selectSplit(await readDataSet(options.folder), options.split);
  const found: Evaluated[] = [];
  for (const model of options.models) found.push(await evaluateModelOver(dataSet, model, options, config, log));
  const [first, second] = found as [Evaluated, Evaluated?];
  return {
    dataSet: dataSet.name,
    licence: dataSet.licence,
    split,
    seed: options.seed,
    models: found.map(({ report }) => report),
    secondAhead: second === undefined ? [] : compareModels(first.tasks, second.tasks, options.seed),
  };
}

async function evaluateModelOver(
  dataSet: DataSet,
  model: string,
  { rankings, sweeps: isSwept, seed }: Options,
  config: Config,
  log: Log,
): Promise<Evaluated> {
  const opened = await openModel(model, config, log, note);
  const { encoder, calibration } = opened;
  const embedded = await embedOnce(dataSet, model, opened, config.cacheFolder).finally(() => opened.close());
  const tasks = await measureTasks(embedded, calibration, rankings);
  const sweeps: Sweep[] = isSwept ? await measureSweep(embedded, { calibration, rankings, seed }) : [];
  const report = {
    model,
    revision: encoder.fingerprint.revision,
    dimension: encoder.dimension,
    tasks: summariseTasks(tasks, seed),
    sweeps: sweeps.map((sweep) => summariseSweep(sweep, rankings, seed)),
    relevance: await measureRelevance(embedded, calibration),
  };
  return { report, tasks };
}

async function embedOnce(dataSet: DataSet, model: string, opened: OpenModel, cacheFolder: string) {
  const cache = await VectorCache.open(join(cacheFolder, "evaluation", "vectors"), opened.encoder.fingerprint);
  const total = dataSet.documents.length + dataSet.queries.length;
  const tell = tellQuarters();
  let done = 0;
  const onProgress = (more: number) => tell(`Embedding with ${model}`, (done += more), total);
  return embedDataSet(dataSet, { ...opened, cache, onProgress });
}
