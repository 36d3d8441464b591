import type { EmbeddedDocument, Modality, Vector } from "./document";
import type { KeywordMatch, KeywordQuery } from "./document-store";
import type { Pixels } from "./encoder";
import type { Filter } from "./filter";

/** The neighbours of one vector within one modality. */
export interface NeighbourRequest {
  readonly tenant: string;
  readonly modality: Modality;
  readonly vector: Vector;
  readonly limit: number;
  readonly filter: Filter | null;
}

/** A query's unit vector, and how long it waited for company before it was made. */
export interface QueryEmbedding {
  readonly vector: Vector;
  readonly queuedMs: number;
}

/** Where one request's searches get their data; calls made at the same time may be answered together. */
export interface Lookups {
  embedText(text: string): Promise<QueryEmbedding>;
  embedImage(pixels: Pixels): Promise<QueryEmbedding>;
  neighbours(request: NeighbourRequest): Promise<EmbeddedDocument[]>;
  keywordMatches(query: KeywordQuery): Promise<KeywordMatch[]>;
  document(tenant: string, id: string): Promise<EmbeddedDocument | null>;
}
