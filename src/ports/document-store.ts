import type { Document, EmbeddedDocument, EmbeddedPassage, Modality, Passage, Vector } from "../documents/document";
import type { Fingerprint } from "./encoder";
import type { Filter } from "../documents/filter";
import type { DocumentField, SparseDocument } from "../documents/sparse-document";

/** The nearest documents to one vector within one modality. */
export interface NeighbourQuery {
  readonly tenant: string;
  readonly modality: Modality;
  /** Unit vectors. */
  readonly vectors: readonly Vector[];
  /** How many neighbours per vector, at most. */
  readonly limit: number;
  readonly filter: Filter | null;
  /** Documents' own vectors count alone; left out: a text is as near as the nearest of its passages. */
  readonly withoutPassages?: true;
  /** A unit vector whose cosines with what is found are wanted next: a store may tell those that it comes by. */
  readonly beside?: Vector;
  /** What is wanted of the documents: a store may leave out other fields. Left out: all. */
  readonly fields?: readonly DocumentField[];
}

/** A document near a vector. */
export interface Neighbour {
  readonly document: SparseDocument;
  /** The passage that is so near; null: the document's own vector is. */
  readonly passage: Passage | null;
  /** Cosine similarity of the two, -1 to 1. */
  readonly similarity: number;
  /** That of the document's own vector and `beside`, to some 1e-5, where the store came by it. */
  readonly besideSimilarity?: number;
}

/** Cosines of each of some unit vectors with each of some documents of one modality, or passages of them. */
export interface SimilarityQuery {
  readonly tenant: string;
  readonly modality: Modality;
  readonly vectors: readonly Vector[];
  /** Of documents, or of passages as `passageId` names them. */
  readonly ids: readonly string[];
}

/** Words to look for in texts and captions. */
export interface KeywordQuery {
  readonly tenant: string;
  /** Whatever a person typed; case and punctuation do not matter. */
  readonly words: string;
  readonly limit: number;
  readonly filter: Filter | null;
}

export interface KeywordMatch {
  readonly document: SparseDocument;
  /** BM25 score of its text or caption, above 0; only comparable within one answer. */
  readonly keywordScore: number;
}

/** A document as samples have it: what they are for needs vectors of many, and texts of few. */
export interface SampledVector {
  readonly id: string;
  readonly vector: Vector;
}

/** A range of a tenant's documents in the order of their ids. */
export interface PageQuery {
  readonly tenant: string;
  readonly filter: Filter | null;
  /** Only documents with an id above this one. */
  readonly afterId: string | null;
  readonly limit: number;
}

/**
 * Documents and their vectors, all made by one encoder. What a call acknowledges survives a crash of the store's
 * process. Results keep the order and length of what was asked. Throws STORE_UNAVAILABLE when the store does not answer
 * in time and STORE_FAILED when it refuses.
 */
export interface DocumentStore {
  /** Name of the collection, as `recreateCollection` wants it. */
  readonly name: string;
  readonly fingerprint: Fingerprint;
  /** Stores documents with their passages, replacing those with the same id. */
  upsert(documents: readonly EmbeddedDocument[]): Promise<void>;
  read(tenant: string, ids: readonly string[]): Promise<(Document | null)[]>;
  /** The same with their vectors, which takes a server much longer; without their passages. */
  get(tenant: string, ids: readonly string[]): Promise<(EmbeddedDocument | null)[]>;
  /** For each content hash some document with that content, if there is one. */
  findByContent(tenant: string, contentHashes: readonly string[]): Promise<(EmbeddedDocument | null)[]>;
  /** The passages of each of some documents, in the order of the text; none of what has none or is not stored. */
  passages(documents: readonly Document[]): Promise<EmbeddedPassage[][]>;
  /** Whether each of some documents has passages, without reading these. */
  havePassages(documents: readonly Document[]): Promise<boolean[]>;
  /** How many passages there are beyond the first of each document. */
  countFurtherPassages(tenant: string): Promise<number>;
  /** Ids of passages whose document is not there with their content: what a crash left, or what is about to be stored. */
  strayPassages(tenant: string): Promise<string[]>;
  deletePassages(ids: readonly string[]): Promise<void>;
  /** For each vector its neighbours by cosine similarity, nearest first, each document once. */
  neighbours(query: NeighbourQuery): Promise<Neighbour[][]>;
  /** For each vector its cosine with each id, told where the vectors are; null: there is no such document or passage. */
  similarities(query: SimilarityQuery): Promise<(number | null)[][]>;
  /** Whether `keywordMatches` can be asked here: null, or why not and what to do, in a sentence for the caller. */
  readonly noKeywords: string | null;
  /**
   * Documents whose text or caption shares words with the query, best BM25 first; pictures without caption never.
   * Throws KEYWORDS_UNSUPPORTED where the store cannot.
   */
  keywordMatches(query: KeywordQuery): Promise<KeywordMatch[]>;
  page(query: PageQuery): Promise<Document[]>;
  count(tenant: string, filter: Filter | null): Promise<number>;
  /** Deletes what matches and returns how many that were. */
  delete(tenant: string, filter: Filter): Promise<number>;
  /**
   * The `size` documents of the lowest ids, or all where there are fewer, in the order of their ids. Ids are hashes, so
   * that this is an even draw, and the same one for every reader.
   */
  sample(tenant: string, modality: Modality, size: number): Promise<SampledVector[]>;
  /** Drops every document and starts empty. */
  clear(): Promise<void>;
  /** Resolves when the store answers, else throws. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
