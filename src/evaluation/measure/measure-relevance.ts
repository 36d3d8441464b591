import { MODALITIES, type Modality } from "../../documents/document";
import type { ModelCalibration } from "../../search/ranking/model-calibration";
import type { EmbeddedDataSet, EvaluatedQuery } from "../vectors/embed-data-set";
import { CollectionSearch } from "./collection-search";
import { DocumentScan } from "./document-scan";
import { byId, questionFor, type Question } from "./score-query";

/** What `relevantOnly` leaves of queries of one sort in a mixed list; means over the queries. */
export interface RelevanceScores {
  readonly query: Modality;
  /** As the data set says; null: it does not. */
  readonly tag: string | null;
  /** Whether there is an answer at all. */
  readonly answered: boolean;
  readonly queries: number;
  /** How many hits are left, of ten at most. */
  readonly hits: number;
  /** Share of the queries that find nothing. */
  readonly nothing: number;
  /** Share of the answers of each kind that are still found; null: there are none. */
  readonly kept: Readonly<Record<Modality, number | null>>;
}

const DEPTH = 10;

interface Found {
  readonly query: EvaluatedQuery;
  readonly question: Question | null;
  readonly hits: readonly string[];
}

/** Every query with hits that are no nearer than chance left out, also those that nothing answers. */
export async function measureRelevance(dataSet: EmbeddedDataSet, model: ModelCalibration): Promise<RelevanceScores[]> {
  const collection = new CollectionSearch(new DocumentScan(dataSet.documents), dataSet.documents, model);
  const documents = byId(dataSet.documents);
  const sorts = new Map<string, Found[]>();
  for (const query of dataSet.queries) {
    const question = questionFor(query, documents, dataSet);
    const options = { ranking: "calibrated", modalities: MODALITIES, first: DEPTH, relevantOnly: true } as const;
    const hits = await collection.search(query, { ...options, without: question?.itself ?? null });
    const sort = JSON.stringify([query.kind, query.tag, question !== null]);
    sorts.set(sort, [...(sorts.get(sort) ?? []), { query, question, hits }]);
  }
  const kindOf = (id: string): Modality => documents.get(id)!.kind;
  return [...sorts.values()].map((found) => summarise(found, kindOf));
}

function summarise(found: readonly Found[], kindOf: (id: string) => Modality): RelevanceScores {
  const { query, question } = found[0]!;
  const kept = (kind: Modality): number | null => {
    const answers = found.flatMap((one) =>
      [...(one.question?.relevant ?? [])].filter((id) => kindOf(id) === kind).map((id) => one.hits.includes(id)),
    );
    return answers.length === 0 ? null : answers.filter(Boolean).length / answers.length;
  };
  return {
    query: query.kind,
    tag: query.tag,
    answered: question !== null,
    queries: found.length,
    hits: found.reduce((sum, { hits }) => sum + hits.length, 0) / found.length,
    nothing: found.filter(({ hits }) => hits.length === 0).length / found.length,
    kept: { text: kept("text"), image: kept("image") },
  };
}
