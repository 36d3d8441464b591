import DataLoader from "dataloader";
import type { Outcome } from "../../errors";
import type { DocumentStore } from "../../ports/document-store";
import type { Embedding, Encoder, Pixels } from "../../ports/encoder";
import type { Gone } from "../../ports/gone";
import type { Lookups, QueryEmbedding, Reads } from "../../search/lookups";

export interface LookupSources {
  readonly store: DocumentStore;
  readonly reads: Reads;
  readonly encoder: Encoder;
}

/**
 * One request's look-ups: what its fields have to be encoded goes out as one batch, each text and picture once. Reads of
 * all requests are gathered. Once the client is `gone` nothing more is looked up for it, and what waits leaves its queue.
 */
export function createLookups({ store, reads, encoder }: LookupSources, gone: Gone | null): Lookups {
  const texts = new DataLoader<string, QueryEmbedding>(async (keys) =>
    (await encoder.encodeTexts(keys, "query", gone)).map(embeddingOf),
  );
  const images = new DataLoader<Pixels, QueryEmbedding>(async (keys) =>
    (await encoder.encodeImages(keys, "query", gone)).map(embeddingOf),
  );
  const wanted = async <T>(look: () => Promise<T>): Promise<T> => {
    if (gone?.aborted) throw gone.reason;
    return look();
  };
  return {
    embedText: (text) => wanted(() => texts.load(text)),
    embedImage: (pixels) => wanted(() => images.load(pixels)),
    neighbours: (request) => wanted(() => reads.neighbours(request, gone)),
    similarities: (request) => wanted(() => reads.similarities(request, gone)),
    keywordMatches: (query) => wanted(() => store.keywordMatches(query)),
    document: (tenant, id) => wanted(() => reads.document(tenant, id, gone)),
    embedded: (tenant, id) => wanted(() => reads.embedded(tenant, id, gone)),
  };
}

const embeddingOf = (outcome: Outcome<Embedding>): QueryEmbedding | Error =>
  outcome.ok ? { vector: outcome.value.vector, queuedMs: outcome.value.queuedMs ?? 0 } : outcome.error;
