import type { Modality, Vector } from "../../documents/document";
import type { Neighbour } from "../../ports/document-store";
import { AppError } from "../../errors";
import { KeptRankings } from "../../search/kept-rankings";
import type { Lookups, NeighbourRequest } from "../../search/lookups";
import { calibrationOf } from "../../search/ranking/calibration";
import type { ModelCalibration } from "../../search/ranking/model-calibration";
import type { Ranking } from "../../search/ranking/ranking";
import type { RerankStage } from "../../search/rerank";
import { Searcher } from "../../search/searcher";
import type { QueryContent } from "../../search/search-request";
import { wordsOf, type DocumentScan, type Item } from "./document-scan";

export interface SearchOptions {
  readonly ranking: Ranking;
  readonly modalities: readonly Modality[];
  /** How many are wanted. */
  readonly first: number;
  /** An id that is not to be found: the query's own; null: there is none. */
  readonly without: string | null;
  /** Leaves out what is no nearer than chance. */
  readonly relevantOnly?: boolean;
  /** How many of the first hits are reread. */
  readonly rerank?: { readonly candidates: number };
}

const MAX_HITS = 1_000;
/** A search with nothing but a query. */
const PLAIN = {
  tenant: "",
  keywords: null,
  filter: null,
  minScore: null,
  groupBy: null,
  diversity: 0,
  after: null,
  fields: [],
};
const NO_PIXELS = { side: 0, rgb: new Uint8Array() };

/**
 * Some of a scan's documents, searched as the server searches its collection: by its own searcher, with the model's
 * calibration refined by what is there. The one place of the evaluation that knows how the server ranks.
 */
export class CollectionSearch {
  readonly #members: ReadonlySet<string>;
  readonly #searcher: Searcher;

  constructor(
    private readonly scan: DocumentScan,
    items: readonly Item[],
    model: ModelCalibration,
    reranking: RerankStage | null = null,
  ) {
    this.#members = new Set(items.map(({ id }) => id));
    const vectors = (kind: Modality) => items.filter((item) => item.kind === kind).map(({ vector }) => vector);
    const documents = { text: vectors("text"), image: vectors("image") };
    const counts = { text: documents.text.length, image: documents.image.length };
    const calibration = calibrationOf(model, { counts, furtherPassages: 0, documents });
    const kept = new KeptRankings({ max: 1, maxHits: 0, keepMs: 0 });
    this.#searcher = new Searcher({ calibration: () => calibration, kept, maxHits: MAX_HITS, reranking });
  }

  /** Ids of the best documents, best first. */
  async search(
    query: Item,
    { ranking, modalities, first, without, relevantOnly = false, rerank }: SearchOptions,
  ): Promise<string[]> {
    const content: QueryContent =
      query.kind === "text" ? { kind: "text", text: wordsOf(query.content) } : { kind: "image", pixels: NO_PIXELS };
    const parts = [{ content, weight: 1 }];
    const request = { ...PLAIN, parts, modalities, ranking, first, relevantOnly, rerank: rerank ?? null };
    const { hits, rerank: report } = await this.#searcher.search(request, this.#lookups(query.vector, without));
    if (report?.status === "late" || report?.status === "failed")
      throw new AppError("RERANK_FAILED", `${report.reason} Nothing is measured of a reranker that fails.`);
    return hits.map(({ document }) => document.id);
  }

  #lookups(vector: Vector, without: string | null): Lookups {
    return {
      embedText: () => Promise.resolve({ vector, queuedMs: 0 }),
      embedImage: () => Promise.resolve({ vector, queuedMs: 0 }),
      neighbours: (request) => Promise.resolve(this.#neighbours(request, without)),
      similarities: ({ direction, of }) =>
        Promise.resolve(of.map(({ document }) => this.scan.similarity(direction, document.id))),
      keywordMatches: () => Promise.resolve([]),
      document: () => Promise.resolve(null),
      embedded: () => Promise.resolve(null),
    };
  }

  #neighbours({ modality, vector, limit }: NeighbourRequest, without: string | null): Neighbour[] {
    const found: Neighbour[] = [];
    for (const one of this.scan.nearest(vector)) {
      const { id, modality: kind } = one.document;
      if (kind === modality && id !== without && this.#members.has(id)) found.push(one);
      if (found.length === limit) break;
    }
    return found;
  }
}
