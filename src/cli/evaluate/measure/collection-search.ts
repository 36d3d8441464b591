import { refine, type Calibration } from "../../../search/calibration";
import type { Document, EmbeddedDocument, Modality, Vector } from "../../../search/document";
import type { Ranking } from "../../../search/ranking";
import { Searcher, type Lookups, type NeighbourRequest } from "../../../search/searcher";
import { dot } from "../../../search/vector";

/** A document or query as far as searching goes. */
export interface Item {
  readonly id: string;
  readonly kind: Modality;
  readonly vector: Vector;
}

export interface SearchOptions {
  readonly ranking: Ranking;
  readonly modalities: readonly Modality[];
  /** How many are wanted. */
  readonly first: number;
}

/**
 * Documents, held in memory, that are searched as the server searches its collection: by its own searcher, with the model's
 * calibration refined by what is there. The one place of the evaluation that knows how the server ranks.
 */
export class CollectionSearch {
  readonly #documents: Readonly<Record<Modality, readonly EmbeddedDocument[]>>;
  readonly #searcher: Searcher;

  constructor(items: readonly Item[], model: Calibration) {
    const ofKind = (kind: Modality) => items.filter((item) => item.kind === kind).map(embeddedDocument);
    this.#documents = { text: ofKind("text"), image: ofKind("image") };
    const vectors = (kind: Modality) => this.#documents[kind].map(({ vector }) => vector);
    const counts = { text: this.#documents.text.length, image: this.#documents.image.length };
    const calibration = refine(model, { text: vectors("text"), image: vectors("image") }, counts);
    this.#searcher = new Searcher(() => calibration);
  }

  /** Ids of the best documents, best first, the query itself (if it is one) not among them. */
  async search(query: Item, without: string | null, { ranking, modalities, first }: SearchOptions): Promise<string[]> {
    const { hits } = await this.#searcher.search(
      {
        tenant: "",
        content: query.kind === "text" ? { kind: "text", text: "" } : { kind: "image", pixels: NO_PIXELS },
        modalities,
        filter: null,
        ranking,
        minScore: null,
        offset: 0,
        first,
      },
      this.#lookups(query.vector, without),
    );
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
    const documents = this.#documents[modality];
    const cosines = Float64Array.from(documents, (one) => dot(one.vector, vector));
    return Array.from(documents.keys())
      .sort((a, b) => cosines[b]! - cosines[a]!)
      .map((i) => documents[i]!)
      .filter(({ document }) => document.id !== without)
      .slice(0, limit);
  }
}

const NO_PIXELS = { side: 0, rgb: new Uint8Array() };

/** As much of a document as searching looks at, and nothing in the rest. */
function embeddedDocument({ id, kind, vector }: Item): EmbeddedDocument {
  const fields = { id, tenant: "", key: null, metadata: {}, createdAt: new Date(0), contentHash: "" };
  const document: Document =
    kind === "text"
      ? { ...fields, modality: kind, text: "", truncated: false }
      : { ...fields, modality: kind, caption: null, sourceUrl: null, width: 0, height: 0, mediaType: "" };
  return { document, vector };
}
