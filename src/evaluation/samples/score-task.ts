import type { Calibration } from "../../search/ranking/calibration";
import type { Document, Modality, Vector } from "../../documents/document";
import type { Candidate, Candidates } from "../../search/ranking/candidate";
import { Ranker } from "../../search/ranking/ranker";
import type { Ranking } from "../../search/ranking/ranking";
import { wholeSight } from "../../search/sight";
import { ndcgAt, recallAt } from "../metrics/metrics";

/** A text or picture with its vector and what it is about. */
export interface Item<T> {
  readonly kind: Modality;
  readonly vector: Vector;
  readonly topic: T;
}

export interface Task<T> {
  readonly name: string;
  readonly ranking: Ranking;
  readonly queries: readonly Item<T>[];
  readonly documents: readonly Item<T>[];
  readonly isRelevant: (query: T, document: T) => boolean;
}

export interface Figures {
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly ndcgAt10: number;
}

/** Means over the queries of a task, to three decimals. */
export interface Scores extends Figures {
  readonly task: string;
  readonly queries: number;
  readonly documents: number;
}

/**
 * How well the documents that answer each query come first. A query that is itself among the documents does not find
 * itself; one that nothing answers is left out.
 */
export function scoreTask<T>(task: Task<T>, calibration: Calibration): Scores {
  const documents = task.documents.map(({ kind, vector }, i) => ({
    document: documentOf(String(i), kind),
    passage: null,
    sight: wholeSight(vector),
  }));
  const sums = { queries: 0, recallAt1: 0, recallAt5: 0, ndcgAt10: 0 };
  for (const query of task.queries) {
    const isOther = (i: number) => task.documents[i] !== query;
    const answers = task.documents.flatMap(({ topic }, i) =>
      isOther(i) && task.isRelevant(query.topic, topic) ? [String(i)] : [],
    );
    if (answers.length === 0) continue;
    const others = documents.filter((_, i) => isOther(i));
    const ranker = new Ranker(task.ranking, [{ ...query, weight: 1 }], calibration);
    const ranking = ranker.rank(byModality(others)).map(({ document }) => document.id);
    const relevant = new Set(answers);
    sums.queries++;
    sums.recallAt1 += recallAt(1, ranking, relevant);
    sums.recallAt5 += recallAt(5, ranking, relevant);
    sums.ndcgAt10 += ndcgAt(10, ranking, relevant);
  }
  const mean = (sum: number) => Math.round((1000 * sum) / sums.queries) / 1000;
  return {
    task: task.name,
    queries: sums.queries,
    documents: documents.length,
    recallAt1: mean(sums.recallAt1),
    recallAt5: mean(sums.recallAt5),
    ndcgAt10: mean(sums.ndcgAt10),
  };
}

const byModality = (documents: readonly Candidate[]): Candidates => ({
  text: documents.filter(({ document }) => document.modality === "text"),
  image: documents.filter(({ document }) => document.modality === "image"),
});

/** As much of a document as ranking looks at, and nothing in the rest. */
function documentOf(id: string, modality: Modality): Document {
  const fields = { id, tenant: "", key: null, metadata: {}, createdAt: new Date(0), contentHash: "" };
  if (modality === "text") return { ...fields, modality, text: "", truncated: false };
  return { ...fields, modality, caption: null, sourceUrl: null, width: 0, height: 0, mediaType: "" };
}
