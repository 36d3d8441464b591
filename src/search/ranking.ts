import { centredCosine, type Calibration } from "./calibration";
import { MODALITIES, type EmbeddedDocument, type Modality, type Vector } from "./document";
import { centre, dot } from "./vector";

/** How texts and pictures get into one list. */
export type Ranking = "calibrated" | "rrf" | "interleaved" | "cosine";

export interface QueryVector {
  readonly kind: Modality;
  readonly vector: Vector;
}

export interface ScoredDocument extends EmbeddedDocument {
  /** Comparable across modalities under the ranking that made it; higher is better. */
  readonly score: number;
  /** Cosine similarity of query and document as the model gives it, -1 to 1. */
  readonly cosine: number;
}

/** Each modality's candidates, in any order. */
export type Candidates = Readonly<Record<Modality, readonly EmbeddedDocument[]>>;

/** Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher, SIGIR 2009). */
const RRF_K = 60;

/**
 * The vector to look for neighbours with. The calibrated score orders documents of one modality almost as the cosine with
 * the centred query does, so that is what finds its candidates; `rank` then scores them exactly.
 */
export const searchVector = (ranking: Ranking, query: QueryVector, calibration: Calibration): Vector =>
  ranking === "calibrated" ? centre(query.vector, calibration.queryMeans[query.kind]) : query.vector;

/** One list of texts and pictures, best first; documents of equal score in the order of their ids. */
export function rank(
  ranking: Ranking,
  query: QueryVector,
  candidates: Candidates,
  calibration: Calibration,
): ScoredDocument[] {
  const lists = MODALITIES.map((modality) =>
    candidates[modality]
      .map((one) => ({ ...one, cosine: dot(query.vector, one.vector) }))
      .sort((a, b) => b.cosine - a.cosine || byId(a, b)),
  );
  switch (ranking) {
    case "cosine":
      return lists
        .flat()
        .map((one) => ({ ...one, score: one.cosine }))
        .sort(byScore);
    case "calibrated":
      return lists
        .flat()
        .map((one) => ({ ...one, score: calibratedScore(query, one, calibration) }))
        .sort(byScore);
    case "rrf":
      return lists.flatMap((list) => list.map((one, i) => ({ ...one, score: 1 / (RRF_K + i + 1) }))).sort(byScore);
    case "interleaved":
      return interleave(lists).map((one, i) => ({ ...one, score: 1 / (i + 1) }));
  }
}

/** The centred cosine in units of what strangers of this pair of kinds differ by. */
function calibratedScore(query: QueryVector, { document, vector }: EmbeddedDocument, calibration: Calibration): number {
  const kind = document.modality;
  return centredCosine(calibration, query, { kind, vector }) / calibration.spreads[`${query.kind}-${kind}`];
}

/** First of each list, then second of each, … */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

const byId = (a: EmbeddedDocument, b: EmbeddedDocument): number => (a.document.id < b.document.id ? -1 : 1);

const byScore = (a: ScoredDocument, b: ScoredDocument): number =>
  b.score - a.score || b.cosine - a.cosine || byId(a, b);
