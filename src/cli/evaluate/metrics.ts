/** Recall@k: the share of the relevant documents that are among the first `k`, 0 to 1; 0 where nothing is relevant. */
export function recallAt<T>(k: number, ranking: readonly T[], relevant: ReadonlySet<T>): number {
  if (relevant.size === 0) return 0;
  return ranking.slice(0, k).filter((document) => relevant.has(document)).length / relevant.size;
}

/**
 * NDCG@k: normalised discounted cumulative gain of the first `k`, 0 to 1, every relevant document gaining 1 (Järvelin
 * and Kekäläinen 2002). The ideal counts all relevant documents, so that those which were not found cost something.
 */
export function ndcgAt<T>(k: number, ranking: readonly T[], relevant: ReadonlySet<T>): number {
  const ideal = sum(Array.from({ length: Math.min(relevant.size, k) }, (_, place) => discount(place)));
  if (ideal === 0) return 0;
  return sum(ranking.slice(0, k).map((document, place) => (relevant.has(document) ? discount(place) : 0))) / ideal;
}

const discount = (place: number): number => 1 / Math.log2(place + 2);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
