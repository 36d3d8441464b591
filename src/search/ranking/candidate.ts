import type { Passage } from "../../documents/document";
import type { SparseDocument } from "../../documents/sparse-document";
import type { Sight } from "../sight";
import type { PerModality } from "./kinds";

/** A document that may become a hit. */
export interface Candidate {
  readonly document: SparseDocument;
  /** The passage that is as near as `sight` says; null: the document itself. */
  readonly passage: Passage | null;
  readonly sight: Sight;
}

/** Each modality's candidates, in any order. */
export type Candidates = PerModality<readonly Candidate[]>;

export interface ScoredDocument extends Candidate {
  /** Comparable across modalities under the ranking that made it; higher is better. */
  readonly score: number;
  /** BM25 of its text or caption where keywords were given and it has one of them; else null. */
  readonly keywordScore: number | null;
  /** How much of the score is due to keywords; null where none were given. */
  readonly keywordShare: number | null;
  /** What a reranker gave it, and the score that it had before; null: it was not reread. */
  readonly reranked: { readonly score: number; readonly firstScore: number } | null;
}
