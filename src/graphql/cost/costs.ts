import type { ComplexityEstimator, ComplexityEstimatorArgs } from "graphql-query-complexity";
import type { Limits } from "../../documents/limits";

export type { ComplexityEstimator };

/**
 * What a request costs, in points: about one for each document that is read, written out and sent. Fields declare theirs
 * (`complexity`) from these, so that a request's cost is known before it runs.
 */
export const COST = {
  /** A field of one entry, written out. */
  field: 0.1,
  document: 1,
  /** What is looked at and scored, and not sent. */
  candidate: 0.1,
  /** The neighbours of one vector among all of a modality. */
  search: 10,
  /** A text through the model. */
  modelCall: 40,
  /** What a chat model says, which takes seconds and money. */
  answer: 1_000,
  /** A picture fetched, decoded and through the model. */
  picture: 30,
  /** A text of an ingest call: many go through the model at once. */
  ingestedText: 5,
  /** Each further part of a long one, which is embedded in passages. */
  ingestedPassage: 2.5,
  /** A hit that is read with the query by a model. */
  rerankedHit: 10,
  /** An item that is written down, for later. */
  queuedItem: 1.25,
  /** A smaller picture, made when its address is opened. */
  thumbnail: 1,
  /** An entry of the ledger. */
  ledgerEntry: 0.5,
  /** How many documents there are. */
  count: 5,
  /** The documents after one, in order. */
  page: 20,
  /** A condition or value of a filter. */
  filterTerm: 0.4,
  /** What reads or drops a good part of the collection. */
  sweep: 100,
} as const;

/** What a declaration sees of a request. */
export interface Costed {
  /** As the resolver gets them: nulls are gone, defaults are there. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Of everything that is asked for in one entry of the field. */
  readonly inner: number;
  readonly limits: Limits;
}

type Cost = (costed: Costed) => number;

/** A field's cost, as `complexity` takes it. */
export const costs = (cost: Cost): ComplexityEstimator => {
  return ({ args, childComplexity, context }: ComplexityEstimatorArgs) =>
    cost({ args, inner: childComplexity, limits: (context as { limits: Limits }).limits });
};

/** So much once, besides what is asked for in it. */
export const once = (own: number): ComplexityEstimator => costs(({ inner }) => own + inner);

/** So much for each of the `first` entries, besides what is asked for in each, and `before` once. */
export const each = (own: number, most: number | ((limits: Limits) => number), before = 0): ComplexityEstimator =>
  costs(({ args, inner, limits }) => {
    const entries = counted(args["first"], typeof most === "number" ? most : most(limits));
    return before + filterCost(args["where"] ?? {}) + entries * (own + inner);
  });

/** The conditions and values of a client's filter, roughly: every field and value in it. */
export function filterCost(where: unknown): number {
  if (typeof where !== "object" || where === null) return COST.filterTerm;
  return Object.values(where).reduce((sum: number, inner) => sum + filterCost(inner), 0);
}

/** A number of entries; 0 for one that the field refuses, in its own words. */
export const counted = (given: unknown, most: number): number =>
  typeof given === "number" && given >= 1 && given <= most ? given : 0;

/** How many a list has; 0 for one that the field refuses. */
export const countedItems = (given: unknown, most: number): number =>
  Array.isArray(given) ? counted(given.length, most) : 0;
