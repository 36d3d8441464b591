import type { Modality, Vector } from "../../documents/document";
import { lazy } from "../lazy";
import type { Sight } from "../sight";
import { centre, dot, normalise } from "../../documents/vector";
import type { Level } from "./background";
import { scaleOf, type Calibration, type Scale } from "./calibration";
import type { DocumentMean } from "./document-mean";
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
 *
 * Of a document it takes cosines with `directions` alone, so that a store can tell them where the vectors are: with d a
 * unit vector, m the documents' mean and q a centred query, cos(q, d - m) = (q·d - q·m) / |d - m|, and |d - m| follows from
 * the cosine of d with the mean.
 */
export class CalibratedScorer {
  readonly #parts: readonly CentredPart[];
  readonly #mean: DocumentMean;
  readonly #scale: Scale;
  /** A unit vector: documents with the mean taken out score in the order of their cosine with it. */
  readonly direction: Vector;
  /** The level of the whole query. */
  readonly level: () => Level;
  /** Standard deviation of the sum over strangers, in units of one part's. */
  readonly #spread: number;

  constructor(
    query: Query,
    readonly modality: Modality,
    calibration: Calibration,
  ) {
    this.#scale = scaleOf(calibration);
    const background = calibration.backgrounds[modality];
    this.#mean = calibration.means[modality];
    const shares = sharesOf(query);
    this.#parts = query.map((part, i) => {
      const centred = centre(part.vector, calibration.queryMeans[part.kind]);
      return { share: shares[i]!, centred, level: lazy(() => background.levelOfQuery(part.vector, centred)), ...part };
    });
    const only = this.#parts.length === 1 && this.#parts[0]!.weight > 0 ? this.#parts[0]! : null;
    this.direction = only?.centred ?? normalise(weightedSum(this.#parts.map(inReaches)));
    this.level = only?.level ?? lazy(() => background.levelOf(this.direction));
    this.#spread = Math.sqrt(Math.max(this.#variance(), 1e-6));
  }

  /**
   * 0: as near as documents of this modality are in general; 1: as near as the nearest fiftieth of them. Comparable across
   * modalities.
   */
  score(document: Sight): number {
    return scoreAt(this.centredCosine(document), this.level());
  }

  /** Of what `score` takes the cosines. */
  get directions(): readonly Vector[] {
    return [this.direction, this.#mean.direction];
  }

  /** Of what `standing` and `partsOf` take the cosines. */
  get allDirections(): readonly Vector[] {
    return [...new Set([...this.directions, ...this.#parts.map(({ centred }) => centred)])];
  }

  /** Cosine of query and document with the means of both kinds taken out, -1 to 1. */
  centredCosine(document: Sight): number {
    return this.#mean.centredCosine(this.direction, document);
  }

  /** The share of documents that have nothing to do with the query and are less similar, 0 to 1. */
  standing(document: Sight): number {
    const { strangers, spreads } = this.#scale;
    const distance = this.#parts.reduce(
      (sum, { kind, share, centred }) =>
        sum + (share * this.#mean.centredCosine(centred, document)) / spreads()[`${kind}-${this.modality}`],
      0,
    );
    return 1 - strangers[`${this.#heaviest().kind}-${this.modality}`].shareAbove(distance / this.#spread);
  }

  /** Each part against a document: its centred cosine, and the score that it alone would give. */
  partsOf(document: Sight): { readonly weight: number; readonly centredCosine: number; readonly score: number }[] {
    return this.#parts.map(({ weight, centred, level }) => {
      const centredCosine = this.#mean.centredCosine(centred, document);
      return { weight, centredCosine, score: scoreAt(centredCosine, level()) };
    });
  }

  /** The level of each part. */
  partLevels(): Level[] {
    return this.#parts.map(({ level }) => level());
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
