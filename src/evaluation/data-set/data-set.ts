/** A text, or a picture's file inside the data set's folder. */
export type Content =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "image"; readonly path: string };

interface Entry {
  readonly id: string;
  /** The part of the data set that it belongs to; null: every part. */
  readonly split: string | null;
  readonly content: Content;
  /** Where it is written, from 1. */
  readonly line: number;
}

export interface DataSetDocument extends Entry {
  /** What it shows or tells of: documents of one thing can stand for each other. Null: nothing that another has, too. */
  readonly thing: string | null;
}

export interface DataSetQuery extends Entry {
  /** What kind of query it is, in the data set's own words. */
  readonly tag: string | null;
}

/** Texts and pictures to find, queries, and which documents answer them how well; docs/evaluation.md has the format. */
export interface DataSet {
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  /** Recall and MRR count documents of at least this grade (trec_eval's -l). */
  readonly relevantFrom: number;
  readonly documents: readonly DataSetDocument[];
  readonly queries: readonly DataSetQuery[];
  /** Grades above 0 by query, then by document. */
  readonly grades: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** The files of a data set's folder. */
export const FILES = {
  about: "dataset.json",
  documents: "documents.ndjson",
  queries: "queries.ndjson",
  qrels: "qrels.tsv",
} as const;

/** Whether a query is one of the documents: it has the same id and the same content. Such a query does not find itself. */
export const isItself = (query: Pick<Entry, "id" | "content">, document: Pick<Entry, "id" | "content">): boolean =>
  query.id === document.id && contentOf(query.content) === contentOf(document.content);

const contentOf = (content: Content): string =>
  JSON.stringify([content.kind, content.kind === "text" ? content.text : content.path]);
