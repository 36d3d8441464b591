const K = 10;

/** Cosine of a query with every document, in their order. */
export const cosines = (query, documents) =>
  Float64Array.from(documents, ({ vector }) => {
    let sum = 0;
    for (let i = 0; i < vector.length; i++) sum += query[i] * vector[i];
    return sum;
  });

/** The exact top ten among the documents at these places: how many there are and the cosine of the last one. */
export function topTen(cosine, places) {
  const best = [];
  for (const place of places) {
    if (best.length === K && cosine[place] <= best[K - 1]) continue;
    best.push(cosine[place]);
    best.sort((a, b) => b - a);
    best.length = Math.min(best.length, K);
  }
  return { size: best.length, worst: best.at(-1) };
}
