import type { Calibration } from "../../../search/calibration";
import type { Modality } from "../../../search/document";
import type { Ranking } from "../../../search/ranking";
import type { EmbeddedDataSet } from "../vectors/embed-data-set";
import { CollectionSearch } from "./collection-search";
import { questionsFor, scoreQueries, type QueryScores } from "./score-queries";

/** Every ranking, the one that the others are held against first. */
export const RANKINGS: readonly Ranking[] = ["calibrated", "rrf", "interleaved", "cosine"];

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
  /** Whether it has to do with texts and pictures in one list. */
  readonly isMixed: boolean;
  readonly ranking: Ranking;
  readonly documents: number;
  readonly queries: readonly QueryScores[];
}

/**
 * Every task that the data set has queries and documents for, with each ranking. Of rankings that only merge lists (rrf,
 * interleaved) a list of one kind is the one by cosine: they are measured with mixed lists only.
 */
export async function measureTasks(
  { documents, queries, ...graded }: EmbeddedDataSet,
  calibration: Calibration,
  rankings: readonly Ranking[],
): Promise<TaskScores[]> {
  const collection = new CollectionSearch(documents, calibration);
  const measured: TaskScores[] = [];
  for (const { name, query: kind, modalities } of TASKS) {
    const isMixed = modalities.length > 1;
    const wanted = documents.filter((document) => modalities.includes(document.kind));
    const asked = queries.filter((query) => query.kind === kind);
    const questions = questionsFor(asked, wanted, graded);
    const isWhole = modalities.every((modality) => wanted.some((document) => document.kind === modality));
    if (questions.length === 0 || !isWhole) continue;
    for (const ranking of rankings.filter((one) => isMixed || !["rrf", "interleaved"].includes(one))) {
      const scores = await scoreQueries(questions, collection, { ranking, modalities });
      measured.push({ task: name, isMixed, ranking, documents: wanted.length, queries: scores });
    }
  }
  return measured;
}
