import type { Modality, Vector } from "../document";
import { centre, dot, normalise } from "../vector";
import type { Level } from "./background";
import type { Calibration } from "./calibration";
import { sharesOf, weightedSum, type Query, type QueryPart } from "./query";

interface CentredPart extends QueryPart {
  /** What it counts beside the others, -1 to 1. */
  readonly share: number;
  /** The part's unit vector with its kind's mean taken out. */
  readonly centred: Vector;
  readonly level: () => Level;
}

/**
 * Scores documents of one modality against a query. Each part is measured by its own level in this modality before the
 * weighted parts are added; the sum is measured again, so that one part, many and negative ones give scores of one scale.
 * The background is looked at when a score is first asked for.
 */
export class CalibratedScorer {
  readonly #parts: readonly CentredPart[];
  readonly #mean: Vector;
  /** A unit vector: documents with the mean taken out score in the order of their cosine with it. */
  readonly direction: Vector;
  /** The level of the whole query. */
  readonly level: () => Level;
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
      return { ...part, share: shares[i]!, centred, level: once(() => background.levelOf(centred)) };
    });
    const only = this.#parts.length === 1 && this.#parts[0]!.weight > 0 ? this.#parts[0]! : null;
    this.direction = only?.centred ?? normalise(weightedSum(this.#parts.map(inReaches)));
    this.level = only?.level ?? once(() => background.levelOf(this.direction));
    this.#spread = Math.sqrt(Math.max(this.#variance(), 1e-6));
  }

  /**
   * 0: as near as documents of this modality are in general; 1: as near as the nearest fiftieth of them. Comparable across
   * modalities.
   */
  score(document: Vector): number {
    return scoreAt(this.centredCosine(document), this.level());
  }

  /** Cosine of query and document with the means of both kinds taken out, -1 to 1. */
  centredCosine(document: Vector): number {
    return dot(this.direction, centre(document, this.#mean));
  }

  /** The share of documents that have nothing to do with the query and are less similar, 0 to 1. */
  standing(document: Vector): number {
    const { strangers, spreads } = this.calibration;
    const centred = centre(document, this.#mean);
    const distance = this.#parts.reduce(
      (sum, { kind, share, centred: part }) => sum + (share * dot(part, centred)) / spreads[`${kind}-${this.modality}`],
      0,
    );
    return 1 - strangers[`${this.#heaviest().kind}-${this.modality}`].shareAbove(distance / this.#spread);
  }

  /** Each part against a document: its centred cosine, and the score that it alone would give. */
  partsOf(document: Vector): { readonly weight: number; readonly centredCosine: number; readonly score: number }[] {
    const centred = centre(document, this.#mean);
    return this.#parts.map(({ weight, centred: part, level }) => {
      const centredCosine = dot(part, centred);
      return { weight, centredCosine, score: scoreAt(centredCosine, level()) };
    });
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

const inReaches = ({ centred, share, level }: CentredPart) => ({ vector: centred, weight: share / level().reach });

const scoreAt = (centredCosine: number, { mean, reach }: Level): number => (centredCosine - mean) / reach;

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
