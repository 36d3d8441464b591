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
}

/** Things in general, encoded as queries and as documents; no text is about the thing of any picture. */
export interface GeneralSample {
  readonly queries: Samples;
  readonly documents: Samples;
  /** Means of more data than that, where the model brought them. */
  readonly means?: PerModality<Vector>;
}

export function modelCalibration({ queries, documents, means }: GeneralSample): ModelCalibration {
  const queryMeans = means ?? perModality((kind) => meanOf(queries[kind]));
  const documentMeans = means ?? perModality((kind) => meanOf(documents[kind]));
  const centredQueries = perModality((kind) => queries[kind].map((one) => centre(one, queryMeans[kind])));
  const centred = perModality((kind) => documents[kind].map((one) => centre(one, documentMeans[kind])));
  const strangers = perPair(
    (query, document) => new Strangers(centredQueries[query], centred[document], query === document),
  );
  return { queryMeans, documentMeans, documents, strangers };
}
