import { rerankFailed } from "../rerank-failed";

/**
 * The scores of an answer of /v1/rerank, `{ "results": [{ "index": 0, "relevance_score": 0.9 }] }` in any order, in the order of the
 * documents. Throws RERANK_FAILED unless there is one finite number for each.
 */
export function readScores(body: Buffer, count: number): number[] {
  const results = resultsOf(body);
  if (results.length !== count) throw rerankFailed(`gave ${results.length} scores for ${count} documents`);
  const scores: number[] = Array.from({ length: count });
  const places = new Set<number>();
  for (const result of results) {
    const { index, relevance_score: score } = Object(result) as { index?: unknown; relevance_score?: unknown };
    if (!Number.isInteger(index) || Number(index) < 0 || Number(index) >= count || places.has(Number(index))) {
      throw rerankFailed("numbered its scores wrongly: one is of no document, or two are of one");
    }
    if (typeof score !== "number" || !Number.isFinite(score)) throw rerankFailed("gave a score that is no number");
    places.add(Number(index));
    scores[Number(index)] = score;
  }
  return scores;
}

function resultsOf(body: Buffer): unknown[] {
  try {
    const { results } = Object(JSON.parse(body.toString("utf8"))) as { results?: unknown };
    if (Array.isArray(results)) return results;
  } catch {
    throw rerankFailed("answered with what is no JSON");
  }
  throw rerankFailed("answered without a list of results");
}
