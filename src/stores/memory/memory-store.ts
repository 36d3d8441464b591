import {
  passageId,
  type Document,
  type EmbeddedDocument,
  type EmbeddedPassage,
  type Modality,
} from "../../documents/document";
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
import { nearestPassage } from "../nearest-passage";
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
      return one?.document.tenant === tenant ? { document: one.document, vector: one.vector } : null;
    });
  }

  async findByContent(tenant: string, contentHashes: readonly string[]): Promise<(EmbeddedDocument | null)[]> {
    const all = this.#of(tenant, null);
    return contentHashes.map((hash) => all.find(({ document }) => document.contentHash === hash) ?? null);
  }

  async passages(documents: readonly Document[]): Promise<EmbeddedPassage[][]> {
    return documents.map(({ id, contentHash }) => {
      const stored = this.#documents.get(id);
      return stored?.document.contentHash === contentHash ? [...(stored.passages ?? [])] : [];
    });
  }

  async havePassages(documents: readonly Document[]): Promise<boolean[]> {
    return (await this.passages(documents)).map(({ length }) => length > 0);
  }

  async countFurtherPassages(tenant: string): Promise<number> {
    return this.#of(tenant, null).reduce((sum, { passages = [] }) => sum + Math.max(0, passages.length - 1), 0);
  }

  /** They lie in their document. */
  async strayPassages(): Promise<string[]> {
    return [];
  }

  async deletePassages(): Promise<void> {}

  async neighbours({
    tenant,
    modality,
    vectors,
    limit,
    filter,
    withoutPassages,
  }: NeighbourQuery): Promise<Neighbour[][]> {
    const all = this.#of(tenant, filter).filter(({ document }) => document.modality === modality);
    return vectors.map((query) =>
      all
        .map(({ document, vector, passages = [] }): Neighbour => {
          const own = { document, passage: null, similarity: dot(query, vector) };
          const of = withoutPassages ? [] : passages.map((one) => ({ ...one, similarity: dot(query, one.vector) }));
          return nearestPassage(own, of);
        })
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, limit),
    );
  }

  async similarities({ tenant, modality, vectors, ids }: SimilarityQuery): Promise<(number | null)[][]> {
    const stored = this.#of(tenant, { kind: "modality", modality });
    const known = new Map(stored.map(({ document, vector }) => [document.id, vector]));
    for (const { document, passages = [] } of stored) {
      for (const one of passages) known.set(passageId(document, one), one.vector);
    }
    const found = ids.map((id) => known.get(id));
    return vectors.map((query) => found.map((vector) => (vector === undefined ? null : dot(query, vector))));
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
