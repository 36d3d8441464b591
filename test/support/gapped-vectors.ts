import type { Modality, Vector } from "../../src/documents/document";
import { calibrationOf, type Calibration, type CollectionSample } from "../../src/search/ranking/calibration";
import { modelCalibration, type ModelCalibration } from "../../src/search/ranking/model-calibration";
import { normalise } from "../../src/documents/vector";
import { randomNumbers, randomVector } from "./documents";

const DIMENSION = 32;
/** How much of a vector is what it shows; pictures show less of it, as with CLIP. */
const CONTENT: Readonly<Record<Modality, number>> = { text: 0.5, image: 0.3 };

/** Vectors as CLIP's are: mostly their modality's own direction, and somewhat what they are about. */
export class GappedVectors {
  readonly #random: () => number;
  readonly gap: Readonly<Record<Modality, Vector>>;

  constructor(seed: number) {
    this.#random = randomNumbers(seed);
    this.gap = { text: this.topic(), image: this.topic() };
  }

  topic(): Vector {
    return randomVector(this.#random, DIMENSION);
  }

  about(topic: Vector, modality: Modality): Vector {
    return normalise(topic.map((value, i) => CONTENT[modality] * value + this.gap[modality][i]!));
  }

  strangers(modality: Modality, count: number): Vector[] {
    return Array.from({ length: count }, () => this.about(this.topic(), modality));
  }

  model(count = 200): ModelCalibration {
    const samples = { text: this.strangers("text", count), image: this.strangers("image", count) };
    return modelCalibration({ queries: samples, documents: samples });
  }
}

/** The calibration of a collection of these vectors. */
export function calibrationFor(
  model: ModelCalibration,
  text: readonly Vector[],
  image: readonly Vector[],
): Calibration {
  const collection: CollectionSample = {
    counts: { text: text.length, image: image.length },
    furtherPassages: 0,
    documents: { text, image },
  };
  return calibrationOf(model, collection);
}
