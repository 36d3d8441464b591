import { isItself, type DataSet } from "../data-set/data-set";
import { gradedNdcgAt, recallAt, reciprocalRankAt } from "../metrics/metrics";
import type { EvaluatedDocument, EvaluatedQuery } from "../vectors/embed-data-set";
import type { CollectionSearch, SearchOptions } from "./collection-search";

/** The figures, in the order in which they are told. */
export const FIGURES = ["recallAt1", "recallAt5", "recallAt10", "ndcgAt10", "mrrAt10"] as const;
export type Figure = (typeof FIGURES)[number];
export type QueryScores = Readonly<Record<Figure, number>>;

const DEPTH = 10;

/** A query with the documents of a collection that it is to find: those graded above 0, without itself. */
export interface Question {
  readonly query: EvaluatedQuery;
  readonly grades: ReadonlyMap<string, number>;
  /** Those of them that recall and MRR count. */
  readonly relevant: ReadonlySet<string>;
  /** The query's id where it is a document as well. */
  readonly itself: string | null;
}

/** The question that a query puts to documents; null where none of them is relevant to it. */
export function questionFor(
  query: EvaluatedQuery,
  documents: ReadonlyMap<string, EvaluatedDocument>,
  { grades, relevantFrom }: Pick<DataSet, "grades" | "relevantFrom">,
): Question | null {
  const same = documents.get(query.id);
  const itself = same !== undefined && isItself(query, same) ? query.id : null;
  const found = [...(grades.get(query.id) ?? [])].filter(([id]) => documents.has(id) && id !== itself);
  const relevant = new Set(found.filter(([, grade]) => grade >= relevantFrom).map(([id]) => id));
  return relevant.size === 0 ? null : { query, grades: new Map(found), relevant, itself };
}

/** The figures of one question put to a collection. */
export async function scoreQuery(
  { query, grades, relevant, itself }: Question,
  collection: CollectionSearch,
  options: Pick<SearchOptions, "ranking" | "modalities" | "rerank">,
): Promise<QueryScores> {
  const ranking = await collection.search(query, { ...options, first: DEPTH, without: itself });
  return {
    recallAt1: recallAt(1, ranking, relevant),
    recallAt5: recallAt(5, ranking, relevant),
    recallAt10: recallAt(DEPTH, ranking, relevant),
    ndcgAt10: gradedNdcgAt(DEPTH, ranking, grades),
    mrrAt10: reciprocalRankAt(DEPTH, ranking, relevant),
  };
}

export const byId = (documents: readonly EvaluatedDocument[]): ReadonlyMap<string, EvaluatedDocument> =>
  new Map(documents.map((document) => [document.id, document]));
