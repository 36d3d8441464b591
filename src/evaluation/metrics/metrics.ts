/** Recall@k: the share of the relevant documents that are among the first `k`, 0 to 1; 0 where nothing is relevant. */
export function recallAt<T>(k: number, ranking: readonly T[], relevant: ReadonlySet<T>): number {
  if (relevant.size === 0) return 0;
  return ranking.slice(0, k).filter((document) => relevant.has(document)).length / relevant.size;
}

/** Reciprocal rank@k: 1 divided by the place of the first relevant document, from 1; 0 where none is among the first `k`. */
export function reciprocalRankAt<T>(k: number, ranking: readonly T[], relevant: ReadonlySet<T>): number {
  const place = ranking.slice(0, k).findIndex((document) => relevant.has(document));
  return place === -1 ? 0 : 1 / (place + 1);
}

/** `gradedNdcgAt` where every relevant document gains 1. */
export const ndcgAt = <T>(k: number, ranking: readonly T[], relevant: ReadonlySet<T>): number =>
  gradedNdcgAt(k, ranking, new Map([...relevant].map((document) => [document, 1])));

/**
 * NDCG@k: normalised discounted cumulative gain of the first `k`, 0 to 1, a document of grade g gaining 2^g - 1 (Järvelin
 * and Kekäläinen 2002; Burges et al. 2005). The ideal counts all graded documents, so that those which were not found cost
 * something; 0 where none is graded.
 */
export function gradedNdcgAt<T>(k: number, ranking: readonly T[], grades: ReadonlyMap<T, number>): number {
  const best = [...grades.values()].sort((a, b) => b - a);
  const ideal = discounted(k, best);
  if (ideal === 0) return 0;
  const found = ranking.map((document) => grades.get(document) ?? 0);
  return discounted(k, found) / ideal;
}

const discounted = (k: number, grades: readonly number[]): number =>
  grades.slice(0, k).reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
