import { setImmediate as nextTurn } from "node:timers/promises";
import { MODALITIES, type Modality, type Vector } from "../../documents/document";
import type { SampledVector } from "../../ports/document-store";
import { MIN_SAMPLES, type Calibration } from "../ranking/calibration";
import { perModality, type PerModality } from "../ranking/kinds";
import { centre } from "../../documents/vector";
import { gapMeasures, type GapMeasures } from "./gap-measures";
import type { Place, Project } from "./projection";

/** A document in the projection. */
export interface GapPoint extends Place {
  readonly id: string;
  readonly modality: Modality;
}

/** How far texts and pictures of a collection are apart, as the model has them and as the calibrated ranking has them. */
export interface ModalityGap extends GapMeasures {
  /** How many documents that was measured on. */
  readonly sampled: PerModality<number>;
  /** The same with each modality's mean taken out; null where the calibration is not known. */
  readonly calibrated: GapMeasures | null;
  readonly projection: {
    readonly explained: readonly [x: number, y: number];
    /** Texts lie further left and further down than pictures, on average. */
    readonly points: readonly GapPoint[];
  };
}

export interface GapSource {
  readonly samples: PerModality<readonly SampledVector[]>;
  readonly calibration: Calibration | null;
  readonly project: Project;
}

/** Null where one modality has fewer documents than say anything about it. */
export async function modalityGap({ samples, calibration, project }: GapSource): Promise<ModalityGap | null> {
  const sampled = perModality((modality) => samples[modality].length);
  if (Math.min(sampled.text, sampled.image) < MIN_SAMPLES) return null;
  const vectors = perModality((modality) => samples[modality].map(({ vector }) => vector));
  const measures = await gapMeasures(vectors);
  const calibrated = calibration === null ? null : await gapMeasures(await centred(vectors, calibration));
  const all = MODALITIES.flatMap((modality) => samples[modality].map(({ id, vector }) => ({ id, modality, vector })));
  const { places, explained } = await project(all.map(({ vector }) => vector));
  const points = all.map(({ id, modality }, i) => ({ id, modality, ...places[i]! }));
  return { ...measures, sampled, calibrated, projection: { explained, points: textsFirst(points) } };
}

async function centred(vectors: PerModality<readonly Vector[]>, { documentMeans }: Calibration) {
  const text = vectors.text.map((vector) => centre(vector, documentMeans.text));
  await nextTurn();
  const image = vectors.image.map((vector) => centre(vector, documentMeans.image));
  await nextTurn();
  return { text, image };
}

/** Which way an axis points is chance; this makes two pictures comparable. */
function textsFirst(points: readonly GapPoint[]): GapPoint[] {
  const mean = (axis: "x" | "y", modality: Modality) => {
    const own = points.filter((point) => point.modality === modality);
    return own.reduce((sum, point) => sum + point[axis], 0) / own.length;
  };
  const sign = (axis: "x" | "y") => (mean(axis, "text") > mean(axis, "image") ? -1 : 1);
  const [x, y] = [sign("x"), sign("y")];
  return points.map((point) => ({ ...point, x: x * point.x, y: y * point.y }));
}
