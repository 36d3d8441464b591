import type { ModelCalibration } from "../../search/ranking/model-calibration";
import type { Modality } from "../../documents/document";
import type { Ranking } from "../../search/ranking/ranking";
import type { EmbeddedDataSet, EvaluatedQuery } from "../vectors/embed-data-set";
import { CollectionSearch } from "./collection-search";
import { DocumentScan } from "./document-scan";
import { byId, questionFor, scoreQuery, type Question, type QueryScores } from "./score-query";

/** Every ranking; the others are held against the first. */
export const RANKINGS: readonly Ranking[] = ["calibrated", "rrf", "interleaved", "cosine"];
/** They only merge lists: a list of one kind is the one by cosine. */
const MERGES: readonly Ranking[] = ["rrf", "interleaved"];

interface Task {
  /** "t2i": texts find pictures. */
  readonly name: string;
  readonly query: Modality;
  readonly modalities: readonly Modality[];
}

const TASKS: readonly Task[] = [
  { name: "t2t", query: "text", modalities: ["text"] },
  { name: "t2i", query: "text", modalities: ["image"] },
  { name: "i2t", query: "image", modalities: ["text"] },
  { name: "i2i", query: "image", modalities: ["image"] },
  { name: "t2both", query: "text", modalities: ["text", "image"] },
  { name: "i2both", query: "image", modalities: ["text", "image"] },
];

/** How one ranking does at one task, query by query. */
export interface TaskScores {
  readonly task: string;
  /** Whether texts and pictures are in one list. */
  readonly isMixed: boolean;
  readonly ranking: Ranking;
  readonly documents: number;
  /** In the order of the data set's queries. */
  readonly queries: readonly QueryScores[];
}

/**
 * Every task that the data set has queries and documents for, with each ranking: of the merging ones only how they do with
 * mixed lists.
 */
export async function measureTasks(
  dataSet: EmbeddedDataSet,
  calibration: ModelCalibration,
  rankings: readonly Ranking[],
): Promise<TaskScores[]> {
  const scan = new DocumentScan(dataSet.documents);
  const collection = new CollectionSearch(scan, dataSet.documents, calibration);
  const kinds = new Set(dataSet.documents.map(({ kind }) => kind));
  const tasks = TASKS.filter(({ modalities }) => modalities.every((kind) => kinds.has(kind))).flatMap((task) =>
    prepare(task, dataSet, rankings),
  );
  // Query by query, since a scan remembers its last query.
  for (const query of dataSet.queries) {
    for (const { ranking, modalities, questions, scores } of tasks) {
      const question = questions.get(query);
      if (question !== undefined) scores.push(await scoreQuery(question, collection, { ranking, modalities }));
    }
  }
  return tasks
    .filter(({ scores }) => scores.length > 0)
    .map(({ scores, task, isMixed, ranking, documents }) => ({ task, isMixed, ranking, documents, queries: scores }));
}

function prepare({ name, query: kind, modalities }: Task, dataSet: EmbeddedDataSet, rankings: readonly Ranking[]) {
  const documents = byId(dataSet.documents.filter((document) => modalities.includes(document.kind)));
  const questions = new Map<EvaluatedQuery, Question>();
  for (const query of dataSet.queries.filter((one) => one.kind === kind)) {
    const question = questionFor(query, documents, dataSet);
    if (question !== null) questions.set(query, question);
  }
  const isMixed = modalities.length > 1;
  return rankings
    .filter((ranking) => isMixed || !MERGES.includes(ranking))
    .map((ranking) => ({
      task: name,
      isMixed,
      ranking,
      modalities,
      questions,
      documents: documents.size,
      scores: [] as QueryScores[],
    }));
}
