import DataLoader from "dataloader";
import type { Outcome } from "../errors";
import type { EmbeddedDocument } from "../search/document";
import type { DocumentStore } from "../search/document-store";
import type { Embedding, Encoder, Pixels } from "../search/encoder";
import type { Turns } from "./turns";
import type { Lookups, NeighbourRequest, QueryEmbedding } from "../search/lookups";

/**
 * One request's look-ups: what its fields ask for in the same tick goes out together, texts as one batch to the encoder,
 * vectors with equal modality, filter and limit as one search, ids as one read.
 */
export function createLookups(store: DocumentStore, encoder: Encoder, turns: Turns): Lookups {
  // Lists within lists: one call for what all entries of a level ask for, not one for each turn of theirs.
  const batchScheduleFn = (dispatch: () => void) => turns.whenDone(dispatch);

  const texts = new DataLoader<string, QueryEmbedding>(async (keys) =>
    (await encoder.encodeTexts(keys, "query")).map(embeddingOf),
  );
  const images = new DataLoader<Pixels, QueryEmbedding>(async (keys) =>
    (await encoder.encodeImages(keys, "query")).map(embeddingOf),
  );
  const neighbours = new DataLoader<NeighbourRequest, EmbeddedDocument[]>(
    (requests) => searchTogether(store, requests),
    { cache: false, batchScheduleFn },
  );
  const documents = new DataLoader<{ tenant: string; id: string }, EmbeddedDocument | null>(
    async (keys) =>
      store.get(
        keys[0]!.tenant,
        keys.map(({ id }) => id),
      ),
    // A subscription's context lives long, and documents come and go meanwhile.
    { cache: false, batchScheduleFn },
  );
  return {
    embedText: (text) => texts.load(text),
    embedImage: (pixels) => images.load(pixels),
    neighbours: (request) => neighbours.load(request),
    keywordMatches: (query) => store.keywordMatches(query),
    document: (tenant, id) => documents.load({ tenant, id }),
  };
}

const embeddingOf = (outcome: Outcome<Embedding>): QueryEmbedding | Error =>
  outcome.ok ? { vector: outcome.value.vector, queuedMs: outcome.value.queuedMs ?? 0 } : outcome.error;

async function searchTogether(
  store: DocumentStore,
  requests: readonly NeighbourRequest[],
): Promise<(EmbeddedDocument[] | Error)[]> {
  const groups = new Map<string, number[]>();
  requests.forEach(({ tenant, modality, limit, filter }, i) => {
    const kind = JSON.stringify([tenant, modality, limit, filter]);
    groups.set(kind, [...(groups.get(kind) ?? []), i]);
  });
  const answers: (EmbeddedDocument[] | Error)[] = [];
  const search = async (members: number[]) => {
    const { vector: _, ...query } = requests[members[0]!]!;
    const vectors = members.map((i) => requests[i]!.vector);
    const lists = await store.neighbours({ ...query, vectors }).catch((error: unknown) => error as Error);
    members.forEach((i, place) => (answers[i] = lists instanceof Error ? lists : lists[place]!));
  };
  await Promise.all([...groups.values()].map(search));
  return answers;
}
