import { refine, type Calibration } from "../../../search/calibration";
import type { EmbeddedDocument, Modality, Vector } from "../../../search/document";
import type { Ranking } from "../../../search/ranking";
import { Searcher, type Lookups, type NeighbourRequest } from "../../../search/searcher";
import type { DocumentScan, Item } from "./document-scan";

export interface SearchOptions {
  readonly ranking: Ranking;
  readonly modalities: readonly Modality[];
  /** How many are wanted. */
  readonly first: number;
  /** An id that is not to be found: the query's own; null: there is none. */
  readonly without: string | null;
}

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
    model: Calibration,
  ) {
    this.#members = new Set(items.map(({ id }) => id));
    const vectors = (kind: Modality) => items.filter((item) => item.kind === kind).map(({ vector }) => vector);
    const samples = { text: vectors("text"), image: vectors("image") };
    const counts = { text: samples.text.length, image: samples.image.length };
    const calibration = refine(model, samples, counts);
    this.#searcher = new Searcher(() => calibration);
  }

  /** Ids of the best documents, best first. */
  async search(query: Item, { ranking, modalities, first, without }: SearchOptions): Promise<string[]> {
    const content = query.kind === "text" ? { kind: query.kind, text: "" } : { kind: query.kind, pixels: NO_PIXELS };
    const request = { tenant: "", content, modalities, filter: null, ranking, minScore: null, offset: 0, first };
    const { hits } = await this.#searcher.search(request, this.#lookups(query.vector, without));
    return hits.map(({ document }) => document.id);
  }

  #lookups(vector: Vector, without: string | null): Lookups {
    return {
      embedText: () => Promise.resolve(vector),
      embedImage: () => Promise.resolve(vector),
      neighbours: (request) => Promise.resolve(this.#neighbours(request, without)),
      document: () => Promise.resolve(null),
    };
  }

  #neighbours({ modality, vector, limit }: NeighbourRequest, without: string | null): EmbeddedDocument[] {
    const found: EmbeddedDocument[] = [];
    for (const one of this.scan.nearest(vector)) {
      const { id, modality: kind } = one.document;
      if (kind === modality && id !== without && this.#members.has(id)) found.push(one);
      if (found.length === limit) break;
    }
    return found;
  }
}
