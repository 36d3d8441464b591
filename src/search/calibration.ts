import type { Modality, Vector } from "./document";
import { centre, dot, meanOf } from "./vector";

/** A pair of kinds, query first: "text-image" is a text query against pictures. */
export type KindPair = `${Modality}-${Modality}`;

/**
 * What puts cosines of different modalities on one scale (GR-CLIP, arXiv 2507.19054): the mean unit vector of each kind
 * of input, and for each pair the spread (standard deviation) of the centred cosine between strangers.
 */
export interface Calibration {
  readonly queryMeans: Readonly<Record<Modality, Vector>>;
  readonly documentMeans: Readonly<Record<Modality, Vector>>;
  readonly spreads: Readonly<Record<KindPair, number>>;
}

/** Unit vectors of unrelated things, per modality. */
export type Samples = Readonly<Record<Modality, readonly Vector[]>>;

/** So many documents weigh as much as the model's own values: small or one-sided collections must not distort. */
const PRIOR_DOCUMENTS = 1_000;
/** Fewer say nothing about a modality. */
const MIN_SAMPLES = 16;
const PAIRS: readonly (readonly [Modality, Modality])[] = [
  ["text", "text"],
  ["text", "image"],
  ["image", "text"],
  ["image", "image"],
];

/** Means and spreads of a general set of texts and pictures, at least `MIN_SAMPLES` of each. */
export function calibrationOf(samples: Samples): Calibration {
  const means = { text: meanOf(samples.text), image: meanOf(samples.image) };
  return { queryMeans: means, documentMeans: means, spreads: spreadsOf(samples, means, means) };
}

/**
 * The model's calibration drawn towards what a collection holds, the more the larger the collection. Query means stay:
 * what people ask is not what is stored.
 */
export function refine(model: Calibration, samples: Samples, counts: Readonly<Record<Modality, number>>): Calibration {
  const share = (modality: Modality) =>
    samples[modality].length < MIN_SAMPLES ? 0 : counts[modality] / (counts[modality] + PRIOR_DOCUMENTS);
  const documentMeans = {
    text: blend(model.documentMeans.text, samples.text, share("text")),
    image: blend(model.documentMeans.image, samples.image, share("image")),
  };
  const own = spreadsOf(samples, model.queryMeans, documentMeans);
  const spreads = { ...model.spreads };
  for (const [query, document] of PAIRS) {
    const pair: KindPair = `${query}-${document}`;
    const weight = Math.min(share(query), share(document));
    if (weight > 0) spreads[pair] = Math.sqrt((1 - weight) * model.spreads[pair] ** 2 + weight * own[pair] ** 2);
  }
  return { queryMeans: model.queryMeans, documentMeans, spreads };
}

/** Cosine of query and document with their kinds' means taken out, -1 to 1. */
export function centredCosine(
  calibration: Calibration,
  query: { readonly kind: Modality; readonly vector: Vector },
  document: { readonly kind: Modality; readonly vector: Vector },
): number {
  return dot(
    centre(query.vector, calibration.queryMeans[query.kind]),
    centre(document.vector, calibration.documentMeans[document.kind]),
  );
}

function blend(mean: Vector, samples: readonly Vector[], share: number): Vector {
  if (share === 0) return mean;
  const own = meanOf(samples);
  return mean.map((value, i) => (1 - share) * value + share * own[i]!);
}

/** Standard deviation of the centred cosine between each sample and one far from it in the list. */
function spreadsOf(
  samples: Samples,
  queryMeans: Readonly<Record<Modality, Vector>>,
  documentMeans: Readonly<Record<Modality, Vector>>,
): Record<KindPair, number> {
  const spread = (query: Modality, document: Modality): number => {
    const documents = samples[document].map((vector) => centre(vector, documentMeans[document]));
    const queries = samples[query].map((vector) => centre(vector, queryMeans[query]));
    if (queries.length < 2 || documents.length < 2) return 1;
    const far = Math.ceil(documents.length / 2);
    const cosines = queries.map((vector, i) => dot(vector, documents[(i + far) % documents.length]!));
    const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
    const variance = cosines.reduce((sum, value) => sum + (value - mean) ** 2, 0) / cosines.length;
    return Math.max(Math.sqrt(variance), 1e-3);
  };
  return {
    "text-text": spread("text", "text"),
    "text-image": spread("text", "image"),
    "image-text": spread("image", "text"),
    "image-image": spread("image", "image"),
  };
}
