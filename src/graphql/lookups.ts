import DataLoader from "dataloader";
import type { Outcome } from "../errors";
import type { DocumentStore } from "../search/document-store";
import type { Embedding, Encoder, Pixels } from "../search/encoder";
import type { GatheredReads } from "../search/gathered-reads";
import type { Lookups, QueryEmbedding } from "../search/lookups";

/**
 * One request's look-ups: what its fields have to be encoded goes out as one batch, each text and picture once. Reads of
 * all requests are gathered.
 */
export function createLookups(store: DocumentStore, reads: GatheredReads, encoder: Encoder): Lookups {
  const texts = new DataLoader<string, QueryEmbedding>(async (keys) =>
    (await encoder.encodeTexts(keys, "query")).map(embeddingOf),
  );
  const images = new DataLoader<Pixels, QueryEmbedding>(async (keys) =>
    (await encoder.encodeImages(keys, "query")).map(embeddingOf),
  );
  return {
    embedText: (text) => texts.load(text),
    embedImage: (pixels) => images.load(pixels),
    neighbours: (request) => reads.neighbours(request),
    similarities: (request) => reads.similarities(request),
    keywordMatches: (query) => store.keywordMatches(query),
    document: (tenant, id) => reads.document(tenant, id),
    embedded: (tenant, id) => reads.embedded(tenant, id),
  };
}

const embeddingOf = (outcome: Outcome<Embedding>): QueryEmbedding | Error =>
  outcome.ok ? { vector: outcome.value.vector, queuedMs: outcome.value.queuedMs ?? 0 } : outcome.error;
