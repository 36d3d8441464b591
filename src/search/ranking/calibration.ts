import { createHash } from "node:crypto";
import { MODALITIES, type Modality, type Vector } from "../../documents/document";
import { lazy } from "../lazy";
import { centre, dot, meanOf } from "../../documents/vector";
import { Background } from "./background";
import { DocumentMean } from "./document-mean";
import { domainShift } from "./domain-shift";
import { lazyPerModality, perModality, perPair, type PerModality, type PerPair, type Samples } from "./kinds";
import type { CalibrationSet, ModelCalibration } from "./model-calibration";
import { spreadOf, type Strangers } from "./strangers";

/** What a query keeps of a calibration, once its own levels are known: a few kilobytes, where backgrounds are megabytes. */
export interface Scale {
  /** Equal where the same query gets the same scores. */
  readonly version: string;
  readonly documentMeans: PerModality<Vector>;
  /** The same, ready for scoring. */
  readonly means: PerModality<DocumentMean>;
  /** How much what is stored counts in means and backgrounds, 0 to 1. */
  readonly shares: PerModality<number>;
  readonly strangers: PerPair<Strangers>;
  /** Standard deviation of strangers' centred cosines in this collection. */
  readonly spreads: () => PerPair<number>;
  /** How many documents are stored, about. */
  readonly stored: PerModality<number>;
  /** How many vectors a query is compared with, about: each passage of a long text has a chance of its own. */
  readonly compared: PerModality<number>;
}

/** What puts similarities of different modalities on one scale; docs/decisions/0013 tells how and why. */
export interface Calibration extends Scale {
  readonly queryMeans: PerModality<Vector>;
  readonly backgrounds: PerModality<Background>;
  /** What the model's part of it was measured on. */
  readonly set: CalibrationSet;
}

export const scaleOf = ({
  version,
  documentMeans,
  means,
  shares,
  strangers,
  spreads,
  stored,
  compared,
}: Calibration): Scale => ({
  version,
  documentMeans,
  means,
  shares,
  strangers,
  spreads,
  stored,
  compared,
});

/** What a collection holds: how many documents, and vectors of some. */
export interface CollectionSample {
  readonly counts: PerModality<number>;
  /** Of long texts, beyond the first of each, which is the document's own vector. */
  readonly furtherPassages: number;
  readonly documents: Samples;
}

export const EMPTY_COLLECTION: CollectionSample = {
  counts: { text: 0, image: 0 },
  furtherPassages: 0,
  documents: { text: [], image: [] },
};

/** So many documents weigh as much as things in general: small and one-sided collections must not distort. */
const PRIOR_DOCUMENTS = 100;
/** How many times sooner what is stored counts where it lies far from things in general. */
const SOONER_WHEN_FAR = 10;
/** Fewer say nothing about a modality. */
export const MIN_SAMPLES = 16;

/**
 * The calibration of a model for a collection: the model's own, drawn towards what is stored, the more the more that is.
 * Query means stay the model's, since what people ask is not what is stored; but where that lies far from things in general,
 * what is asked does so too, and they move along.
 */
export function calibrationOf(model: ModelCalibration, collection: CollectionSample): Calibration {
  const { strangers } = model;
  const shifts = perModality((kind) => shiftOf(model, collection, kind));
  const shares = perModality((kind) => shareOf(collection, kind, shifts[kind]));
  const documentMeans = perModality((kind) =>
    shares[kind] === 0
      ? model.documentMeans[kind]
      : blend(model.documentMeans[kind], meanOf(collection.documents[kind]), shares[kind]),
  );
  const queryMeans = perModality((kind) => moved(model, kind, documentMeans[kind], shifts[kind]));
  const centred = (vectors: readonly Vector[], kind: Modality) =>
    vectors.map((vector) => centre(vector, documentMeans[kind]));
  // Tens of milliseconds of work, in parts: each is done by the first search that needs it.
  const stored = lazyPerModality((kind) => centred(collection.documents[kind], kind));
  return {
    version: versionOf(model, collection),
    queryMeans,
    documentMeans,
    shares,
    means: perModality((kind) => new DocumentMean(documentMeans[kind])),
    backgrounds: lazyPerModality(
      (kind) => new Background(centred(model.documents[kind], kind), stored[kind], shares[kind]),
    ),
    strangers,
    spreads: lazy(() =>
      perPair((query, document) => {
        const general = strangers[`${query}-${document}`].spread;
        // Centred, vectors from far away are as alike as others: only their number counts.
        const share = Math.min(shareOf(collection, query, 0), shareOf(collection, document, 0));
        if (share === 0) return general;
        const asQueries = collection.documents[query].map((one) => centre(one, queryMeans[query]));
        const own = spreadOf(farCosines(asQueries, stored[document]));
        return Math.sqrt((1 - share) * general ** 2 + share * own ** 2);
      }),
    ),
    stored: collection.counts,
    compared: { ...collection.counts, text: collection.counts.text + collection.furtherPassages },
    set: model.set,
  };
}

const shiftOf = (model: ModelCalibration, { documents }: CollectionSample, kind: Modality): number =>
  documents[kind].length < MIN_SAMPLES ? 0 : domainShift(model.documentMeans[kind], documents[kind]);

/** How much what is stored counts against things in general, 0 to 1. */
function shareOf({ counts, documents }: CollectionSample, kind: Modality, shift: number): number {
  if (documents[kind].length < MIN_SAMPLES) return 0;
  return counts[kind] / (counts[kind] + PRIOR_DOCUMENTS / (1 + (SOONER_WHEN_FAR - 1) * shift));
}

/** The model's mean of queries, moved by a share of the way that the documents' mean has gone. */
function moved(model: ModelCalibration, kind: Modality, documentMean: Vector, share: number): Vector {
  const mean = model.queryMeans[kind];
  const began = model.documentMeans[kind];
  return share === 0 ? mean : mean.map((value, i) => value + share * (documentMean[i]! - began[i]!));
}

/** Cosines of each vector and one far from it in the other list, most likely a stranger. */
function farCosines(queries: readonly Vector[], documents: readonly Vector[]): number[] {
  const far = Math.ceil(documents.length / 2);
  return queries.map((query, i) => dot(query, documents[(i + far) % documents.length]!));
}

const blend = (a: Vector, b: Vector, share: number): Vector => a.map((value, i) => (1 - share) * value + share * b[i]!);

/** Vectors are told apart by their first numbers. */
const NUMBERS_HASHED = 4;

function versionOf(model: ModelCalibration, { counts, furtherPassages, documents }: CollectionSample): string {
  const hash = createHash("sha256").update(JSON.stringify([counts, furtherPassages]));
  for (const kind of MODALITIES) {
    const vectors = [model.documentMeans[kind], ...model.documents[kind], ...documents[kind]];
    for (const vector of vectors) hash.update(vector.slice(0, NUMBERS_HASHED));
  }
  return hash.digest("hex").slice(0, 12);
}
