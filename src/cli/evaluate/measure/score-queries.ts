import { isItself } from "../data-set/data-set";
import { gradedNdcgAt, recallAt, reciprocalRankAt } from "../metrics/metrics";
import type { EvaluatedDocument, EvaluatedQuery } from "../vectors/embed-data-set";
import { CollectionSearch, type SearchOptions } from "./collection-search";

/** The figures, in the order in which they are told. */
export const FIGURES = ["recallAt1", "recallAt5", "recallAt10", "ndcgAt10", "mrrAt10"] as const;
export type Figure = (typeof FIGURES)[number];
export type QueryScores = Readonly<Record<Figure, number>>;

const DEPTH = 10;

/** A query with the documents that are to be found: those of the collection which are graded above 0, without itself. */
export interface Question {
  readonly query: EvaluatedQuery;
  readonly grades: ReadonlyMap<string, number>;
  /** Those of them that recall and MRR count. */
  readonly relevant: ReadonlySet<string>;
  /** The query's id where it is a document as well. */
  readonly itself: string | null;
}

interface Graded {
  readonly grades: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly relevantFrom: number;
}

/** The questions that a collection has an answer to, in the order of the queries. */
export function questionsFor(
  queries: readonly EvaluatedQuery[],
  documents: readonly EvaluatedDocument[],
  { grades, relevantFrom }: Graded,
): Question[] {
  const present = new Map(documents.map((document) => [document.id, document]));
  return queries.flatMap((query) => {
    const same = present.get(query.id);
    const itself = same !== undefined && isItself(query, same) ? query.id : null;
    const found = [...(grades.get(query.id) ?? [])].filter(([id]) => present.has(id) && id !== itself);
    const relevant = new Set(found.filter(([, grade]) => grade >= relevantFrom).map(([id]) => id));
    return relevant.size === 0 ? [] : [{ query, grades: new Map(found), relevant, itself }];
  });
}

/** The figures of each question, in their order. */
export async function scoreQueries(
  questions: readonly Question[],
  collection: CollectionSearch,
  options: Omit<SearchOptions, "first">,
): Promise<QueryScores[]> {
  const scores: QueryScores[] = [];
  for (const { query, grades, relevant, itself } of questions) {
    const ranking = await collection.search(query, itself, { ...options, first: DEPTH });
    scores.push({
      recallAt1: recallAt(1, ranking, relevant),
      recallAt5: recallAt(5, ranking, relevant),
      recallAt10: recallAt(DEPTH, ranking, relevant),
      ndcgAt10: gradedNdcgAt(DEPTH, ranking, grades),
      mrrAt10: reciprocalRankAt(DEPTH, ranking, relevant),
    });
  }
  return scores;
}
