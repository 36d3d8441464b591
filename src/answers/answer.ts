import type { SparseDocument } from "../documents/sparse-document";
import type { TokenUsage } from "../ports/chat-model";
import type { RerankReport } from "../search/rerank";
import type { SearchRequest } from "../search/search-request";
import type { SearchHit } from "../search/search-hit";

/** What was asked before, and what was answered. */
export interface Turn {
  readonly question: string;
  readonly answer: string;
}

export interface AnswerRequest {
  readonly question: string;
  /** Oldest first. */
  readonly history: readonly Turn[];
  /** How sources are looked for. */
  readonly search: Omit<SearchRequest, "parts" | "after" | "first" | "fields">;
}

/**
 * "nothingRelevant": the search found nothing, and the model was not asked; "notInSources": the model found no answer in what was
 * found. Both say nothing.
 */
export type AnswerStatus = "answered" | "nothingRelevant" | "notInSources";

/** A sentence of an answer, and a source that it rests on. */
export interface Citation {
  /** Place among the answer's sources, from 1; the text says so: "[1]". */
  readonly source: number;
  readonly document: SparseDocument;
  /** Where the sentence stands in the answer, in UTF-16 code units: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Answer {
  readonly status: AnswerStatus;
  /** Plain text with markers, "[1]"; "" where nothing is said. */
  readonly text: string;
  /** Whether there was more to say. */
  readonly isTruncated: boolean;
  /** In the order of the text. */
  readonly citations: readonly Citation[];
  /** Markers that named no source and were taken out of the text. */
  readonly droppedCitations: number;
  /** What the model was given: the first is 1. */
  readonly sources: readonly SearchHit[];
  /** What reranking came to; null: it was not asked for. */
  readonly rerank: RerankReport | null;
  /** Null: the model was not asked, or does not tell. */
  readonly usage: TokenUsage | null;
}

/** How an answer comes about: its sources, pieces of its text, then all of it. Of a refusal only the last. */
export type AnswerEvent =
  | { readonly kind: "sources"; readonly sources: readonly SearchHit[] }
  /** Goes on where the last piece ended. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "answer"; readonly answer: Answer };
