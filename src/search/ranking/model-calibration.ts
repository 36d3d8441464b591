import type { Vector } from "../../documents/document";
import { centre, meanOf } from "../../documents/vector";
import { perModality, perPair, type PerModality, type PerPair, type Samples } from "./kinds";
import { Strangers } from "./strangers";

/** What a model makes of things in general: the calibration of an empty collection. */
export interface ModelCalibration {
  /** Means of unit vectors, of queries and of documents. */
  readonly queryMeans: PerModality<Vector>;
  readonly documentMeans: PerModality<Vector>;
  /** Things in general as documents. */
  readonly documents: Samples;
  /** Queries against documents that have nothing to do with them. */
  readonly strangers: PerPair<Strangers>;
  readonly set: CalibrationSet;
}

/** What a model was measured on. */
export interface CalibrationSet {
  /** "general": the set that comes with Parallax, or with the model. */
  readonly name: string;
  readonly texts: number;
  readonly images: number;
}

/** Things in general, encoded as queries and as documents. */
export interface GeneralSample {
  readonly queries: Samples;
  readonly documents: Samples;
  /** Left out: "general". */
  readonly name?: string;
  /** Whether the text and the picture of one place are about one thing. Else no text is about the thing of any picture. */
  readonly paired?: boolean;
  /** Means of more data than that, where the model brought them. */
  readonly means?: PerModality<Vector>;
}

export function modelCalibration(sample: GeneralSample): ModelCalibration {
  const { queries, documents, means, name = "general", paired = false } = sample;
  const queryMeans = means ?? perModality((kind) => meanOf(queries[kind]));
  const documentMeans = means ?? perModality((kind) => meanOf(documents[kind]));
  const centredQueries = perModality((kind) => queries[kind].map((one) => centre(one, queryMeans[kind])));
  const centred = perModality((kind) => documents[kind].map((one) => centre(one, documentMeans[kind])));
  const strangers = perPair(
    (query, document) => new Strangers(centredQueries[query], centred[document], paired || query === document),
  );
  // Of a model of texts only, texts stand in for pictures.
  const images = documents.image === documents.text ? 0 : documents.image.length;
  const set = { name, texts: documents.text.length, images };
  return { queryMeans, documentMeans, documents, strangers, set };
}
