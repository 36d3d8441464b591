import type { Modality, Vector } from "../document";
import { centre, dot, normalise } from "../vector";
import type { Level } from "./background";
import type { Calibration } from "./calibration";
import { sharesOf, weightedSum, type Query, type QueryPart } from "./query";

/** What calibration says of a query and a document of the scorer's modality. */
export interface CalibratedScore {
  /** 0: as near as documents in general are; 1: as near as the nearest twentieth of them. Comparable across modalities. */
  readonly score: number;
  /** Cosine with the means of both kinds taken out, -1 to 1; of a composed query: with the weighted sum of its parts. */
  readonly centredCosine: number;
  /** The share of documents that have nothing to do with the query and are less similar, 0 to 1. */
  readonly standing: number;
}

interface CentredPart extends QueryPart {
  /** What it counts beside the others, -1 to 1. */
  readonly share: number;
  /** The part's unit vector with its kind's mean taken out. */
  readonly centred: Vector;
  readonly level: Level;
}

/**
 * Scores documents of one modality against a query. Each part is measured by its own level in this modality before the
 * weighted parts are added; the sum is measured again, so that one part, many and negative ones give scores of one scale.
 */
export class CalibratedScorer {
  readonly #parts: readonly CentredPart[];
  /** A unit vector: documents with the mean taken out score in the order of their cosine with it. */
  readonly direction: Vector;
  readonly level: Level;
  readonly #mean: Vector;
  /** Standard deviation of the sum over strangers, in units of one part's. */
  readonly #spread: number;

  constructor(
    query: Query,
    readonly modality: Modality,
    private readonly calibration: Calibration,
  ) {
    const background = calibration.backgrounds[modality];
    this.#mean = calibration.documentMeans[modality];
    const shares = sharesOf(query);
    this.#parts = query.map((part, i) => {
      const centred = centre(part.vector, calibration.queryMeans[part.kind]);
      return { ...part, share: shares[i]!, centred, level: background.levelOf(centred) };
    });
    const only = this.#parts.length === 1 && this.#parts[0]!.weight > 0 ? this.#parts[0]! : null;
    this.direction = only?.centred ?? normalise(weightedSum(this.#parts.map(inReaches)));
    this.level = only?.level ?? background.levelOf(this.direction);
    this.#spread = Math.sqrt(Math.max(this.#variance(), 1e-6));
  }

  score(document: Vector): CalibratedScore {
    const centred = centre(document, this.#mean);
    const centredCosine = dot(this.direction, centred);
    const score = (centredCosine - this.level.mean) / this.level.reach;
    return { score, centredCosine, standing: 1 - this.#strangersAbove(centred) };
  }

  /** Cosine of each part with a document, with the means taken out, and what it adds to the score. */
  partsOf(document: Vector): { readonly weight: number; readonly centredCosine: number; readonly score: number }[] {
    const centred = centre(document, this.#mean);
    return this.#parts.map(({ weight, centred: part, level }) => {
      const centredCosine = dot(part, centred);
      return { weight, centredCosine, score: (centredCosine - level.mean) / level.reach };
    });
  }

  #strangersAbove(centred: Vector): number {
    const { strangers, spreads } = this.calibration;
    const distance = this.#parts.reduce(
      (sum, { kind, share, centred: part }) => sum + (share * dot(part, centred)) / spreads[`${kind}-${this.modality}`],
      0,
    );
    return strangers[`${this.#heaviest().kind}-${this.modality}`].shareAbove(distance / this.#spread);
  }

  /** Of a weighted sum: parts that are alike add up, parts that are not partly cancel. */
  #variance(): number {
    return this.#parts.reduce(
      (sum, a) => sum + this.#parts.reduce((row, b) => row + a.share * b.share * dot(a.centred, b.centred), 0),
      0,
    );
  }

  #heaviest(): CentredPart {
    return this.#parts.reduce((most, part) => (part.weight > most.weight ? part : most));
  }
}

const inReaches = ({ centred, share, level }: CentredPart) => ({ vector: centred, weight: share / level.reach });
