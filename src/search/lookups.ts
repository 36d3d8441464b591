import type { Document, EmbeddedDocument, Modality, Passage, Vector } from "../documents/document";
import type { KeywordMatch, KeywordQuery, Neighbour } from "../ports/document-store";
import type { Pixels } from "../ports/encoder";
import type { Gone } from "../ports/gone";
import type { Filter } from "../documents/filter";
import type { DocumentField, SparseDocument } from "../documents/sparse-document";

/** The neighbours of one vector within one modality. */
export interface NeighbourRequest {
  readonly tenant: string;
  readonly modality: Modality;
  readonly vector: Vector;
  readonly limit: number;
  readonly filter: Filter | null;
  /** Documents' own vectors count alone; left out: a text is as near as the nearest of its passages. */
  readonly withoutPassages?: true;
  /** The direction that other requests ask with, too, where its cosines with what is found are wanted next. */
  readonly shared?: Vector;
  /** What is wanted of the documents: others may be left out. Left out: all. */
  readonly fields?: readonly DocumentField[];
}

/** What has a vector: a document, or a passage of it. */
export interface Sighted {
  readonly document: SparseDocument;
  /** Null: the document itself. */
  readonly passage: Passage | null;
}

/** Cosines of one unit vector with documents of one modality or their passages. */
export interface SimilarityRequest {
  readonly tenant: string;
  readonly modality: Modality;
  readonly direction: Vector;
  /** Whether other requests ask with the same direction. */
  readonly isShared: boolean;
  readonly of: readonly Sighted[];
}

/** A query's unit vector, and how long it waited for company before it was made. */
export interface QueryEmbedding {
  readonly vector: Vector;
  readonly queuedMs: number;
}

/** Reads of the whole process; what is `gone` when its turn comes is not looked up. */
export interface Reads {
  neighbours(request: NeighbourRequest, gone: Gone | null): Promise<Neighbour[]>;
  /** Null: the document or passage is gone. */
  similarities(request: SimilarityRequest, gone: Gone | null): Promise<(number | null)[]>;
  document(tenant: string, id: string, gone: Gone | null): Promise<Document | null>;
  /** The same with its vector. */
  embedded(tenant: string, id: string, gone: Gone | null): Promise<EmbeddedDocument | null>;
}

/** Where one request's searches get their data; calls made at the same time may be answered together. */
export interface Lookups {
  embedText(text: string): Promise<QueryEmbedding>;
  embedImage(pixels: Pixels): Promise<QueryEmbedding>;
  neighbours(request: NeighbourRequest): Promise<Neighbour[]>;
  /** Null: the document or passage is gone. */
  similarities(request: SimilarityRequest): Promise<(number | null)[]>;
  keywordMatches(query: KeywordQuery): Promise<KeywordMatch[]>;
  document(tenant: string, id: string): Promise<Document | null>;
  /** The same with its vector. */
  embedded(tenant: string, id: string): Promise<EmbeddedDocument | null>;
}
