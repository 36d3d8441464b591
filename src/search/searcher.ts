import { AppError } from "../errors";
import type { Calibration } from "./calibration";
import { MODALITIES, type EmbeddedDocument, type Modality, type Vector } from "./document";
import type { Pixels } from "./encoder";
import type { Filter } from "./filter";
import { rank, searchVector, type QueryVector, type Ranking, type ScoredDocument } from "./ranking";

/** What is looked for: words, a picture, or what a stored picture shows. */
export type QueryContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly pixels: Pixels }
  | { readonly kind: "document"; readonly id: string };

export interface SearchRequest {
  readonly tenant: string;
  readonly content: QueryContent;
  readonly modalities: readonly Modality[];
  readonly filter: Filter | null;
  readonly ranking: Ranking;
  /** Hits below this score are left out. */
  readonly minScore: number | null;
  /** Hits to pass over, then hits to return. */
  readonly offset: number;
  readonly first: number;
}

/** The neighbours of one vector within one modality. */
export interface NeighbourRequest {
  readonly tenant: string;
  readonly modality: Modality;
  readonly vector: Vector;
  readonly limit: number;
  readonly filter: Filter | null;
}

/** Where one request's searches get their data; calls made at the same time may be answered together. */
export interface Lookups {
  embedText(text: string): Promise<Vector>;
  embedImage(pixels: Pixels): Promise<Vector>;
  neighbours(request: NeighbourRequest): Promise<EmbeddedDocument[]>;
  document(tenant: string, id: string): Promise<EmbeddedDocument | null>;
}

export interface SearchHit extends ScoredDocument {
  /** Place in the whole ranking, from 1. */
  readonly rank: number;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly hasNextPage: boolean;
}

/** Candidates beyond those that are shown, since exact scoring may order them otherwise than the search did. */
const candidatesFor = (shown: number): number => 2 * shown + 16;

/** Finds texts and pictures by either and puts both into one list. */
export class Searcher {
  /** `calibration` gives the one in force. */
  constructor(private readonly calibration: () => Calibration) {}

  async search(request: SearchRequest, lookups: Lookups): Promise<SearchResult> {
    const query = await embed(request, lookups);
    const calibration = this.calibration();
    const vector = searchVector(request.ranking, query, calibration);
    const { tenant, offset, first } = request;
    const filter = withoutQueried(request);
    const limit = candidatesFor(offset + first);
    const found = await Promise.all(
      MODALITIES.map((modality) =>
        request.modalities.includes(modality) ? lookups.neighbours({ tenant, modality, vector, limit, filter }) : [],
      ),
    );
    const candidates = { text: found[0]!, image: found[1]! };
    const ranked = rank(request.ranking, query, candidates, calibration).filter(
      ({ score }) => request.minScore === null || score >= request.minScore,
    );
    const hits = ranked.slice(offset, offset + first).map((hit, i) => ({ ...hit, rank: offset + i + 1 }));
    return { hits, hasNextPage: ranked.length > offset + first };
  }
}

async function embed({ tenant, content }: SearchRequest, lookups: Lookups): Promise<QueryVector> {
  if (content.kind === "text") return { kind: "text", vector: await lookups.embedText(content.text) };
  if (content.kind === "image") return { kind: "image", vector: await lookups.embedImage(content.pixels) };
  const stored = await lookups.document(tenant, content.id);
  if (stored === null) {
    throw new AppError(
      "DOCUMENT_NOT_FOUND",
      "No document has the id that the query names. Search with one that is stored.",
    );
  }
  return { kind: stored.document.modality, vector: stored.vector };
}

/** A document is no answer to itself. */
function withoutQueried({ content, filter }: SearchRequest): Filter | null {
  if (content.kind !== "document") return filter;
  const others: Filter = { kind: "not", filter: { kind: "id", in: [content.id] } };
  return filter === null ? others : { kind: "all", filters: [others, filter] };
}
