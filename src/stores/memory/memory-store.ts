import type { Document, EmbeddedDocument, Modality } from "../../documents/document";
import type {
  DocumentStore,
  KeywordMatch,
  KeywordQuery,
  Neighbour,
  NeighbourQuery,
  PageQuery,
  SampledVector,
  SimilarityQuery,
} from "../../ports/document-store";
import type { Fingerprint } from "../../ports/encoder";
import { matches, type Filter } from "../../documents/filter";
import { dot } from "../../documents/vector";
import { bm25 } from "./bm25";

/** Documents in a Map, compared one by one: slow, exact and easy to believe. */
export class MemoryStore implements DocumentStore {
  readonly noKeywords = null;
  readonly #documents = new Map<string, EmbeddedDocument>();

  constructor(
    readonly name: string,
    readonly fingerprint: Fingerprint,
  ) {}

  async upsert(documents: readonly EmbeddedDocument[]): Promise<void> {
    for (const one of documents) this.#documents.set(one.document.id, one);
  }

  async read(tenant: string, ids: readonly string[]): Promise<(Document | null)[]> {
    return (await this.get(tenant, ids)).map((one) => one?.document ?? null);
  }

  async get(tenant: string, ids: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    return ids.map((id) => {
      const one = this.#documents.get(id);
      return one?.document.tenant === tenant ? one : null;
    });
  }

  async findByContent(tenant: string, contentHashes: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    const all = this.#of(tenant, null);
    return contentHashes.map((hash) => all.find(({ document }) => document.contentHash === hash) ?? null);
  }

  async neighbours({ tenant, modality, vectors, limit, filter }: NeighbourQuery): Promise<Neighbour[][]> {
    const all = this.#of(tenant, filter).filter(({ document }) => document.modality === modality);
    return vectors.map((query) =>
      all
        .map(({ document, vector }) => ({ document, similarity: dot(query, vector) }))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, limit),
    );
  }

  async similarities({ tenant, modality, vectors, ids }: SimilarityQuery): Promise<(number | null)[][]> {
    const found = await this.get(tenant, ids);
    return vectors.map((query) =>
      found.map((one) => (one?.document.modality === modality ? dot(query, one.vector) : null)),
    );
  }

  async keywordMatches({ tenant, words, limit, filter }: KeywordQuery): Promise<KeywordMatch[]> {
    const all = this.#of(tenant, null).filter((one) => wordsIn(one) !== "");
    const scores = bm25(all.map(wordsIn), words);
    return all
      .map(({ document }, at) => ({ document, keywordScore: scores[at]! }))
      .filter(({ document, keywordScore }) => keywordScore > 0 && (filter === null || matches(filter, document)))
      .sort((a, b) => b.keywordScore - a.keywordScore)
      .slice(0, limit);
  }

  async page({ tenant, filter, afterId, limit }: PageQuery): Promise<Document[]> {
    return this.#of(tenant, filter)
      .map(({ document }) => document)
      .filter(({ id }) => afterId === null || id > afterId)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async count(tenant: string, filter: Filter | null): Promise<number> {
    return this.#of(tenant, filter).length;
  }

  async delete(tenant: string, filter: Filter): Promise<number> {
    const found = this.#of(tenant, filter);
    for (const { document } of found) this.#documents.delete(document.id);
    return found.length;
  }

  async sample(tenant: string, modality: Modality, size: number): Promise<SampledVector[]> {
    return this.#of(tenant, { kind: "modality", modality })
      .map(({ document: { id }, vector }) => ({ id, vector }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, size);
  }

  async clear(): Promise<void> {
    this.#documents.clear();
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}

  #of(tenant: string, filter: Filter | null): EmbeddedDocument[] {
    return [...this.#documents.values()].filter(
      ({ document }) => document.tenant === tenant && (filter === null || matches(filter, document)),
    );
  }
}

const wordsIn = ({ document }: EmbeddedDocument): string =>
  document.modality === "text" ? document.text : (document.caption ?? "");
