import type { Modality } from "../documents/document";
import type { Pixels } from "../ports/encoder";
import type { Filter } from "../documents/filter";
import type { DocumentField } from "../documents/sparse-document";
import type { LastHit } from "./kept-rankings";
import type { GroupBy } from "./ranking/group";
import type { Ranking } from "./ranking/ranking";

/** What is looked for: words, a picture, or what a stored document is about. */
export type QueryContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly pixels: Pixels }
  | { readonly kind: "document"; readonly id: string };

/** Where a hit stands in a ranking. */
export interface Position extends LastHit {
  /** Names the ranking. */
  readonly ranking: string;
  /** Version of the calibration that it was made with. */
  readonly calibration: string;
  /** Whether its first hits are in a reranker's order. */
  readonly reranked: boolean;
}

export interface SearchRequest {
  readonly tenant: string;
  /** At least one with a weight above 0; a negative weight pushes away. */
  readonly parts: readonly { readonly content: QueryContent; readonly weight: number }[];
  /** Words that texts and captions are to hold, besides what is meant. */
  readonly keywords: string | null;
  readonly modalities: readonly Modality[];
  readonly filter: Filter | null;
  readonly ranking: Ranking;
  /** Hits below this score are left out. */
  readonly minScore: number | null;
  /** Leaves out hits that are no nearer than documents which have nothing to do with the query. */
  readonly relevantOnly: boolean;
  readonly groupBy: GroupBy | null;
  /** 0: hits by score; up to 1: the more they must differ from those before them. */
  readonly diversity: number;
  /** How many of the first hits are reread with the query, and by which reranker if not by whichever there is; null: none. */
  readonly rerank: { readonly candidates: number; readonly model?: string | null } | null;
  /** Goes on behind this hit of a ranking that was begun before; then everything above must be as it was. */
  readonly after: Position | null;
  readonly first: number;
  /** What is wanted of the hits' documents: others may be left out. Null: all. */
  readonly fields: readonly DocumentField[] | null;
}
