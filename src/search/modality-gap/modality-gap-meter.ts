import type { Modality } from "../../documents/document";
import type { DocumentStore } from "../../ports/document-store";
import type { Calibration } from "../ranking/calibration";
import { modalityGap, type ModalityGap } from "./modality-gap";
import type { Project } from "./projection";

export interface ModalityGapMeterOptions {
  readonly store: DocumentStore;
  /** The calibration in force; null: not known. */
  readonly calibration: () => Calibration | null;
  readonly project: Project;
}

/** Measures the gap of what is stored, one measurement after another; who asks for the same meanwhile shares it. */
export class ModalityGapMeter {
  readonly #waiting = new Map<string, Promise<ModalityGap | null>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ModalityGapMeterOptions) {}

  /** On up to `sampleSize` documents per modality; null: one has too few. */
  measure(tenant: string, sampleSize: number): Promise<ModalityGap | null> {
    const key = JSON.stringify([tenant, sampleSize]);
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) return waiting;
    const measured = this.#last.then(() => this.#measure(tenant, sampleSize)).finally(() => this.#waiting.delete(key));
    this.#last = measured.catch(() => undefined);
    this.#waiting.set(key, measured);
    return measured;
  }

  async #measure(tenant: string, sampleSize: number): Promise<ModalityGap | null> {
    const { store, calibration, project } = this.options;
    const sample = (modality: Modality) => store.sample(tenant, modality, sampleSize);
    const samples = { text: await sample("text"), image: await sample("image") };
    return modalityGap({ samples, calibration: calibration(), project });
  }
}
