import type { DataSet } from "../data-set/data-set";
import type { Evaluated } from "../evaluate-data-set";
import type { Report } from "./report";
import { compareTasks } from "./compare-tasks";
import { compareModels } from "./summarise";

export interface Measured {
  readonly dataSet: DataSet;
  /** The part of it that was measured; null: all. */
  readonly split: string | null;
  readonly seed: number;
  /** One model, or two to compare, over the same data set with the same seed. */
  readonly models: readonly Evaluated[];
}

/** What was found of one or two models. */
export function composeReport({ dataSet, split, seed, models }: Measured): Report {
  const [first, second] = models as [Evaluated, Evaluated?];
  const secondAhead = second === undefined ? [] : compareModels(first.tasks, second.tasks, seed);
  return {
    dataSet: dataSet.name,
    licence: dataSet.licence,
    split,
    seed,
    models: models.map(({ report }) => report),
    secondAhead,
    comparison: second === undefined ? [] : compareTasks([first.report, second.report], secondAhead),
  };
}
