import { MemoryStore } from "../../src/stores/memory/memory-store";
import { passageId, type EmbeddedDocument, type Vector } from "../../src/documents/document";
import { KeptRankings } from "../../src/search/kept-rankings";
import type { Lookups, NeighbourRequest } from "../../src/search/lookups";
import type { Calibration } from "../../src/search/ranking/calibration";
import type { SearchRequest } from "../../src/search/search-request";
import type { RerankStage } from "../../src/search/rerank";
import type { SearchHit } from "../../src/search/search-hit";
import { Searcher } from "../../src/search/searcher";
import { testFingerprint } from "./documents";

/** A searcher over documents in memory whose query is a vector. */
export class MemorySearch {
  readonly store = new MemoryStore("memory", testFingerprint("memory", 32));
  /** How deep neighbours were looked for, search by search. */
  readonly depths: number[] = [];
  #searcher: Searcher;

  constructor(
    private readonly query: Vector,
    private readonly calibration: Calibration,
    private readonly reranking: RerankStage | null = null,
  ) {
    this.#searcher = this.#fresh(calibration);
  }

  /** As a server that was started again: no ranking is kept. */
  restart(calibration = this.calibration): void {
    this.#searcher = this.#fresh(calibration);
  }

  add(...documents: EmbeddedDocument[]): Promise<void> {
    return this.store.upsert(documents);
  }

  page(request: Partial<SearchRequest>) {
    const parts = [{ content: { kind: "text", text: "the query" }, weight: 1 }] as const;
    return this.#searcher.search({ ...PLAIN_SEARCH, parts, ...request }, this.#lookups);
  }

  /** Every hit from `after` on, page by page; `between` runs after each page. */
  async all(request: Partial<SearchRequest>, between: (pages: number) => Promise<void> = async () => {}) {
    const hits: SearchHit[] = [];
    let after = request.after ?? null;
    for (let pages = 1; ; pages++) {
      const page = await this.page({ ...request, after });
      hits.push(...page.hits);
      if (!page.hasNextPage) return hits;
      after = page.hits.at(-1)!.position();
      await between(pages);
    }
  }

  #fresh(calibration: Calibration): Searcher {
    const kept = new KeptRankings({ max: 100, maxHits: 10_000, keepMs: 60_000 });
    return new Searcher({ calibration: () => calibration, kept, maxHits: 1_000, reranking: this.reranking });
  }

  readonly #lookups: Lookups = {
    embedText: async () => ({ vector: this.query, queuedMs: 0 }),
    embedImage: async () => ({ vector: this.query, queuedMs: 0 }),
    neighbours: async ({ vector, ...query }: NeighbourRequest) => {
      this.depths.push(query.limit);
      return (await this.store.neighbours({ ...query, vectors: [vector] }))[0]!;
    },
    similarities: async ({ direction, of, tenant, modality }) => {
      const ids = of.map(({ document, passage }) => (passage === null ? document.id : passageId(document, passage)));
      return (await this.store.similarities({ tenant, modality, vectors: [direction], ids }))[0]!;
    },
    keywordMatches: (query) => this.store.keywordMatches(query),
    document: async (tenant, id) => (await this.store.read(tenant, [id]))[0]!,
    embedded: async (tenant, id) => (await this.store.get(tenant, [id]))[0]!,
  };
}

/** A search with nothing but its parts. */
export const PLAIN_SEARCH = {
  tenant: "default",
  keywords: null,
  modalities: ["text", "image"],
  filter: null,
  ranking: "calibrated",
  minScore: null,
  relevantOnly: false,
  rerank: null,
  groupBy: null,
  diversity: 0,
  after: null,
  first: 7,
  fields: null,
} as const satisfies Omit<SearchRequest, "parts">;
