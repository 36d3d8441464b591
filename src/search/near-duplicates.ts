import type { SparseDocument } from "../documents/sparse-document";
import type { Lookups } from "./lookups";

export interface NearDuplicate {
  readonly document: SparseDocument;
  /** Cosine similarity of the two, -1 to 1. */
  readonly cosine: number;
}

/**
 * Documents of the same modality whose embedding is nearly the given one's, most alike first, without itself: at most
 * `first`, none below `minCosine`.
 */
export async function nearDuplicates(
  { id, tenant, modality }: SparseDocument,
  { minCosine, first }: { readonly minCosine: number; readonly first: number },
  lookups: Lookups,
): Promise<NearDuplicate[]> {
  const stored = await lookups.embedded(tenant, id);
  if (stored === null) return [];
  const { vector } = stored;
  // One more, since the nearest is the document itself; and no filter, so that many documents' searches go out together.
  const query = { tenant, modality, vector, limit: first + 1, filter: null, withoutPassages: true } as const;
  const found = await lookups.neighbours(query);
  return found
    .filter((one) => one.document.id !== id)
    .map(({ document, similarity }) => ({ document, cosine: Math.max(-1, Math.min(1, similarity)) }))
    .filter(({ cosine }) => cosine >= minCosine)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, first);
}
