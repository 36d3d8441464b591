import type { JsonValue, Vector } from "../documents/document";
import { AppError } from "../errors";
import { isReranked, type KeptRanking } from "./kept-rankings";
import type { Lookups } from "./lookups";
import type { ScoredDocument } from "./ranking/candidate";
import { explain, type HitExplanation } from "./ranking/explain";
import { groupOf } from "./ranking/group";
import type { Position, SearchRequest } from "./search-request";
import { sightOf, wholeSight, type Sight } from "./sight";

export interface SearchHit extends ScoredDocument {
  /** Place in the whole ranking, from 1. */
  readonly rank: number;
  /** What `after` takes to go on behind it; the ranking is kept from then on. */
  readonly position: () => Position;
  /** The value that it was grouped by; undefined: none. */
  readonly group: JsonValue | undefined;
  /** Cosine similarity of query and document as the model gives it, -1 to 1. */
  readonly cosine: () => Promise<number>;
  /** How unusual this similarity is, 0 to 1; see `CalibratedScorer.standing`. */
  readonly standing: () => Promise<number>;
  /** How its score came about; made when it is asked for. */
  readonly explain: () => Promise<HitExplanation>;
}

/** What hits of one page share. */
interface Page {
  readonly request: SearchRequest;
  readonly kept: KeptRanking;
  /** Keeps the ranking, for who asks for a position in it. */
  readonly keep: () => void;
  readonly lookups: Lookups;
}

/** A hit at its place in the whole ranking. */
export function toSearchHit(hit: ScoredDocument, rank: number, { request, kept, keep, lookups }: Page): SearchHit {
  const { tenant, filter, groupBy } = request;
  const { id, ranker } = kept;
  const reranked = isReranked(kept);
  const scorer = ranker.scorers[hit.document.modality];
  const seen = (directions: readonly Vector[]) => fullSight(tenant, hit, directions, lookups);
  // Its own properties first: what is added to a copy makes hidden classes of its own (decision 0030).
  return {
    rank,
    position: () => {
      keep();
      const { version } = ranker.calibration;
      return { ranking: id, calibration: version, reranked, rank, score: hit.score, id: hit.document.id };
    },
    group: groupBy === null ? undefined : groupOf(hit.document, groupBy),
    cosine: async () => (await seen([ranker.vector])).cosineWith(ranker.vector),
    standing: async () => scorer.standing(await seen(scorer.allDirections)),
    explain: async () => explain({ ...hit, sight: await seen(scorer.allDirections) }, ranker, filter),
    ...hit,
  };
}

/** What is known of a hit, or its vector, which is fetched for this. Throws DOCUMENT_NOT_FOUND where it was deleted since. */
async function fullSight(
  tenant: string,
  { document, passage, sight }: ScoredDocument,
  directions: readonly Vector[],
  lookups: Lookups,
): Promise<Sight> {
  if (sight.knows(directions)) return sight;
  if (passage === null) {
    const stored = await lookups.embedded(tenant, document.id);
    if (stored !== null) return wholeSight(stored.vector);
  } else {
    const of = { tenant, modality: document.modality, isShared: false, of: [{ document, passage }] };
    const told = await Promise.all(directions.map((direction) => lookups.similarities({ direction, ...of })));
    const cosines = told.flat().filter((cosine) => cosine !== null);
    if (cosines.length === directions.length) return sightOf(directions, cosines);
  }
  throw new AppError("DOCUMENT_NOT_FOUND", "A hit was deleted while it was being looked at. Search again.");
}
