import type { Encoder } from "../ports/encoder";
import type { ImageDecoder } from "../ports/image-decoder";
import type { ModelCalibration } from "../search/ranking/model-calibration";
import type { Ranking } from "../search/ranking/ranking";
import type { DataSet } from "./data-set/data-set";
import { measureRelevance } from "./measure/measure-relevance";
import { measureRerank, type MeasuredReranking } from "./measure/measure-rerank";
import { measureSweep } from "./measure/sweep";
import { measureTasks, type TaskScores } from "./measure/measure-tasks";
import type { ModelReport } from "./report/report";
import { summariseRerank, summariseSweep, summariseTasks } from "./report/summarise";
import { embedDataSet, type EmbeddedDataSet } from "./vectors/embed-data-set";
import { VectorCache } from "./vectors/vector-cache";

/** A model, with what decodes its pictures. */
export interface EvaluatedModel {
  /** As its report names it. */
  readonly name: string;
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  /** The model's own: what is measured refines it, as a collection does. */
  readonly calibration: ModelCalibration;
}

export interface EvaluationOptions {
  /** The others are held against the first. */
  readonly rankings: readonly Ranking[];
  /** Whether it is also measured how the share of pictures matters. */
  readonly sweeps: boolean;
  /** Measured besides; null: no reranker is. */
  readonly reranking: MeasuredReranking | null;
  readonly seed: number;
  /** Vectors that were made before are kept in it, by model. */
  readonly vectorFolder: string;
  /** Told after every batch, how many of all documents and queries have their vectors. */
  readonly onProgress: (embedded: number, total: number) => void;
}

export interface Evaluated {
  readonly report: ModelReport;
  /** The report's tasks query by query, to compare models. */
  readonly tasks: readonly TaskScores[];
}

/** Measures a model over a data set, one of texts only over its texts. Throws BAD_USER_INPUT for a data set that cannot be embedded or, if asked for, swept. */
export async function evaluateDataSet(
  dataSet: DataSet,
  model: EvaluatedModel,
  options: EvaluationOptions,
): Promise<Evaluated> {
  const { rankings, seed } = options;
  const { name, encoder, calibration } = model;
  const takesPictures = encoder.picture !== null;
  const embedded = await embed(takesPictures ? dataSet : textsOf(dataSet), model, options);
  const tasks = await measureTasks(embedded, calibration, rankings);
  const sweeps = options.sweeps && takesPictures ? await measureSweep(embedded, { calibration, rankings, seed }) : [];
  const report = {
    model: name,
    revision: encoder.fingerprint.revision,
    dimension: encoder.dimension,
    tasks: summariseTasks(tasks, seed),
    sweeps: sweeps.map((sweep) => summariseSweep(sweep, rankings, seed)),
    rerank: await rerankReport(embedded, model, options),
    relevance: await measureRelevance(embedded, calibration),
  };
  return { report, tasks };
}

/** What a model of texts only can be measured on. */
const textsOf = (dataSet: DataSet): DataSet => ({
  ...dataSet,
  documents: dataSet.documents.filter(({ content }) => content.kind === "text"),
  queries: dataSet.queries.filter(({ content }) => content.kind === "text"),
});

async function rerankReport(
  embedded: EmbeddedDataSet,
  { calibration }: EvaluatedModel,
  { reranking, seed }: EvaluationOptions,
): Promise<ModelReport["rerank"]> {
  if (reranking === null) return null;
  const tasks = summariseRerank(await measureRerank(embedded, calibration, reranking, seed), seed);
  return { model: reranking.stage.reranker.name, candidates: reranking.candidates, tasks };
}

async function embed(
  dataSet: DataSet,
  { encoder, decoder }: EvaluatedModel,
  { vectorFolder, onProgress }: EvaluationOptions,
): Promise<EmbeddedDataSet> {
  const cache = await VectorCache.open(vectorFolder, encoder.fingerprint);
  const total = dataSet.documents.length + dataSet.queries.length;
  let done = 0;
  return embedDataSet(dataSet, { encoder, decoder, cache, onProgress: (more) => onProgress((done += more), total) });
}
