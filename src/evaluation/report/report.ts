import type { Modality } from "../../documents/document";
import type { Ranking } from "../../search/ranking/ranking";
import type { Interval } from "../metrics/bootstrap";
import type { RelevanceScores } from "../measure/measure-relevance";
import type { Figure } from "../measure/score-query";

/** One line of the table: the means over a task's queries. */
export interface TaskReport extends Readonly<Record<Figure, number>> {
  readonly task: string;
  readonly ranking: Ranking;
  readonly queries: number;
  readonly documents: number;
  /** Of mixed lists: how much more NDCG@10 the first ranking has than this one. */
  readonly firstAhead: Interval | null;
}

export interface SweepReport {
  readonly query: Modality;
  readonly queries: number;
  readonly points: readonly {
    /** Of the things that are pictures; null: each is there as a text and as a picture. */
    readonly share: number | null;
    /** (1 - share) × texts only + share × pictures only, both by cosine; null with both. */
    readonly ceiling: number | null;
    readonly rankings: readonly {
      readonly ranking: Ranking;
      readonly ndcgAt10: number;
      /** How much more the first ranking has; null: it is the first. */
      readonly firstAhead: Interval | null;
    }[];
  }[];
}

/** What reranking does to queries of one sort: means of NDCG@10. */
export interface RerankTaskReport {
  readonly task: string;
  readonly tag: string | null;
  readonly queries: number;
  readonly documents: number;
  readonly before: number;
  readonly after: number;
  /** How much more there is after it. */
  readonly ahead: Interval;
}

export interface ModelReport {
  /** As it was named. */
  readonly model: string;
  readonly revision: string;
  readonly dimension: number;
  readonly tasks: readonly TaskReport[];
  readonly sweeps: readonly SweepReport[];
  /** Null: it was not measured. */
  readonly rerank: {
    /** The reranker's name. */
    readonly model: string;
    readonly candidates: number;
    readonly tasks: readonly RerankTaskReport[];
  } | null;
  readonly relevance: readonly RelevanceScores[];
}

/** NDCG@10 of two models at one task, by the server's own ranking; null: a model of texts only, or nothing to measure. */
export interface Comparison {
  readonly task: string;
  readonly first: number | null;
  readonly second: number | null;
  /** How much more the second has, as a share of the first's: 0.1 is 10 per cent. */
  readonly change: number | null;
  /** The difference, with its interval. */
  readonly ahead: Interval | null;
}

/** What an evaluation found; figures from 0 to 1. */
export interface Report {
  readonly dataSet: string;
  readonly licence: string;
  readonly split: string | null;
  readonly seed: number;
  readonly models: readonly ModelReport[];
  /** With two models: how much more NDCG@10 the second has. */
  readonly secondAhead: readonly { readonly task: string; readonly ranking: Ranking; readonly ndcgAt10: Interval }[];
  /** With two models: the second against the first, task by task. */
  readonly comparison: readonly Comparison[];
}
