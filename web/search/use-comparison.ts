import type { Ranking, SearchInput } from "../generated/operations";
import { PAGE_SIZE, useHits, type Hit } from "./use-hits";

/** The same query under another ranking. */
export interface Comparison {
  readonly ranking: Ranking;
  readonly nodes: readonly Hit[] | null;
  /** The place that it gives a document; null: beyond those that were asked for. */
  rankOf(documentId: string): number | null;
}

export const COMPARED = PAGE_SIZE;

/** The first hits of the query under the other ranking: plain cosine, unless that is the one that is shown. */
export function useComparison(input: SearchInput | null): Comparison | null {
  const ranking: Ranking = input?.ranking === "COSINE" ? "CALIBRATED" : "COSINE";
  // Keywords do not go with every ranking.
  const { keywords: _, ...rest } = input ?? { parts: [] };
  const { nodes } = useHits(input && { ...rest, ranking });
  if (input === null) return null;
  const ranks = new Map(nodes?.slice(0, COMPARED).map(({ document, rank }) => [document.id, rank]));
  return { ranking, nodes, rankOf: (id) => ranks.get(id) ?? null };
}
