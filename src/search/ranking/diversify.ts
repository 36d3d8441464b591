import type { Vector } from "../../documents/document";
import { centre } from "../../documents/vector";
import type { Scale } from "./calibration";
import type { ScoredDocument } from "./candidate";
import { emptyMemory, VectorBlock } from "./dots/vector-block";
import type { PerPair } from "./kinds";

const memory = emptyMemory();

interface Candidate {
  readonly hit: ScoredDocument;
  /** 0 to 1, from the lowest to the highest score of all candidates. */
  readonly relevance: number;
  readonly centred: Vector;
}

/**
 * Orders hits so that each is good and unlike those before it: maximal marginal relevance (Carbonell and Goldstein, SIGIR
 * 1998). `strength`: 0 keeps the order of scores, 1 looks only at what is new. `before`: hits that stand before these.
 * Returns the first `count`. Takes the vectors of all hits.
 */
export function diversify(
  ranked: readonly ScoredDocument[],
  before: readonly ScoredDocument[],
  { strength, count }: { readonly strength: number; readonly count: number },
  calibration: Scale,
): ScoredDocument[] {
  const scores = ranked.map(({ score }) => score);
  const [best, least] = [Math.max(...scores), Math.min(...scores)];
  const candidate = (hit: ScoredDocument): Candidate => ({
    hit,
    relevance: best === least ? 1 : (hit.score - least) / (best - least),
    centred: centre(vectorOf(hit), calibration.documentMeans[hit.document.modality]),
  });
  const left = ranked.map((hit, row) => ({ row, likeness: 0, ...candidate(hit) }));
  const block = new VectorBlock(
    left.map(({ centred }) => centred),
    memory,
  );
  const spreads = calibration.spreads();
  const chosen: ScoredDocument[] = [];
  const compare = (one: Candidate) => {
    const cosines = block.dots(one.centred);
    for (const other of left) {
      other.likeness = Math.max(other.likeness, likeness(one.hit, other.hit, cosines[other.row]!, spreads));
    }
  };
  before.map(candidate).forEach(compare);
  while (chosen.length < count && left.length > 0) {
    const worth = (one: (typeof left)[number]) => (1 - strength) * one.relevance - strength * one.likeness;
    const next = left.reduce((most, one, i) => (worth(one) > worth(left[most]!) ? i : most), 0);
    const [one] = left.splice(next, 1);
    chosen.push(one!.hit);
    compare(one!);
  }
  return chosen;
}

function vectorOf({ sight: { vector } }: ScoredDocument): Vector {
  if (vector === null) throw new TypeError("The vector of this hit was not looked up");
  return vector;
}

/** 0 to 1. Across modalities cosines are lower, whatever is shown: as much as strangers' differ. */
function likeness(a: ScoredDocument, b: ScoredDocument, cosine: number, spreads: PerPair<number>): number {
  const [one, other] = [a.document.modality, b.document.modality];
  const ratio = spreads[`${one}-${one}`] / spreads[`${one}-${other}`];
  return Math.min(1, Math.max(0, ratio * cosine));
}
