import { MODALITIES, type Modality } from "../../documents/document";
import type { ModelCalibration } from "../../search/ranking/model-calibration";
import type { RerankStage } from "../../search/rerank";
import type { EmbeddedDataSet, EvaluatedDocument } from "../vectors/embed-data-set";
import { CollectionSearch } from "./collection-search";
import { DocumentScan } from "./document-scan";
import { byId, questionFor, scoreQuery } from "./score-query";
import { findTwins, replaced, shuffled } from "./twins";

/** NDCG@10 of queries of one sort, in their order, in the first order and in the reranker's. */
export interface RerankScores {
  /** "t2t"; "t2both"; "t2half": half of the things are there as pictures, in place of their texts. */
  readonly task: string;
  /** As the data set says; null: it does not. */
  readonly tag: string | null;
  readonly documents: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface MeasuredReranking {
  readonly stage: RerankStage;
  /** How many of the first hits are reread. */
  readonly candidates: number;
}

interface Collection {
  readonly task: string;
  readonly modalities: readonly Modality[];
  readonly documents: readonly EvaluatedDocument[];
}

/** Every text query with and without reranking. Throws RERANK_FAILED where the reranker does. */
export async function measureRerank(
  dataSet: EmbeddedDataSet,
  calibration: ModelCalibration,
  { stage, candidates }: MeasuredReranking,
  seed: number,
): Promise<RerankScores[]> {
  const scan = new DocumentScan(dataSet.documents);
  const sorts = new Map<string, { before: number[]; after: number[] } & Omit<RerankScores, "before" | "after">>();
  for (const { task, modalities, documents: all } of collectionsOf(dataSet, seed)) {
    const collection = new CollectionSearch(scan, all, calibration, stage);
    const documents = byId(all.filter(({ kind }) => modalities.includes(kind)));
    for (const query of dataSet.queries.filter(({ kind }) => kind === "text")) {
      const question = questionFor(query, documents, dataSet);
      if (question === null) continue;
      const { tag } = query;
      const options = { ranking: "calibrated", modalities } as const;
      const key = JSON.stringify([task, tag]);
      const scores = sorts.get(key) ?? { task, tag, documents: documents.size, before: [], after: [] };
      sorts.set(key, scores);
      scores.before.push((await scoreQuery(question, collection, options)).ndcgAt10);
      scores.after.push((await scoreQuery(question, collection, { ...options, rerank: { candidates } })).ndcgAt10);
    }
  }
  return [...sorts.values()];
}

function collectionsOf({ documents }: EmbeddedDataSet, seed: number): Collection[] {
  const twins = findTwins(documents);
  const half = replaced(shuffled(twins, seed), 0.5);
  const all: Collection[] = [
    { task: "t2t", modalities: ["text"], documents },
    { task: "t2both", modalities: MODALITIES, documents },
    { task: "t2half", modalities: MODALITIES, documents: half },
  ];
  const has = (kinds: readonly Modality[]) => kinds.every((kind) => documents.some((one) => one.kind === kind));
  return all.filter(({ task, modalities }) => has(modalities) && (task !== "t2half" || twins.length > 1));
}
