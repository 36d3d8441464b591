import type { Passage } from "../documents/document";
import type { Neighbour } from "../ports/document-store";

/** Cosines of equal vectors differ by this much, by how many were compared at once. */
export const ROUNDING = 1e-5;

/**
 * A document as near as the nearest of its vectors. A long text's own vector is that of its first passage: then the passage
 * says more.
 */
export function nearestPassage(
  own: Neighbour,
  passages: readonly (Passage & { readonly similarity: number })[],
): Neighbour {
  const nearest = passages.reduce<(typeof passages)[number] | null>(
    (best, one) => (best === null || one.similarity > best.similarity ? one : best),
    null,
  );
  if (nearest === null || nearest.similarity < own.similarity - ROUNDING) return own;
  const { start, end, similarity } = nearest;
  return { document: own.document, passage: { start, end }, similarity };
}
