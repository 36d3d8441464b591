/** What a reranker reads of a document: its words, or a picture's file. */
export type RerankContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly mediaType: string; readonly bytes: Uint8Array };

/**
 * A model that reads a query and a document together and says how well the one answers the other. `score` gives a finite number
 * for each document, in their order; higher is better, and scores compare within one call. Throws RERANK_FAILED, and nothing but
 * the signal's reason once that is aborted.
 */
export interface Reranker {
  /** Hub id, folder name, or as its server calls it. */
  readonly name: string;
  /** Whether documents may be pictures. */
  readonly takesPictures: boolean;
  score(query: string, documents: readonly RerankContent[], signal: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
}
