import type { Log } from "../../log";
import type { Modality } from "../../documents/document";
import type { DocumentStore } from "../../ports/document-store";
import { calibrationOf, EMPTY_COLLECTION, type Calibration } from "./calibration";
import type { ModelCalibration } from "./model-calibration";

const SAMPLES = 1_000;
/** Something that changed is looked at after so long, and after so many times as long as looking took. */
const LOOK_AFTER_MS = 1_000;
const REST = 20;

export interface CollectionCalibrationOptions {
  readonly model: ModelCalibration;
  readonly store: DocumentStore;
  readonly tenant: string;
  readonly intervalMs: number;
  readonly log: Log;
}

/**
 * The calibration in force: the model's, refined now and then from samples of what the collection holds. It follows from
 * the model and what is stored, so that every server of a collection and each restart come to the same one.
 */
export class CollectionCalibration {
  #current: Calibration;
  #counted = "";
  #running: Promise<void> = Promise.resolve();
  #soon: NodeJS.Timeout | null = null;
  #tookMs = 0;
  #stopped = false;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly options: CollectionCalibrationOptions) {
    this.#current = calibrationOf(options.model, EMPTY_COLLECTION);
    this.#timer = setInterval(() => void this.refresh(), options.intervalMs).unref();
  }

  current(): Calibration {
    return this.#current;
  }

  /** Something was stored or deleted: the collection is looked at soon, however often this is said. */
  changed(): void {
    if (this.#stopped || this.#soon !== null) return;
    const look = () => {
      this.#soon = null;
      void this.refresh();
    };
    this.#soon = setTimeout(look, Math.max(LOOK_AFTER_MS, REST * this.#tookMs)).unref();
  }

  /** Samples the collection anew if it has changed; a store that is out of reach leaves all as it was. */
  refresh(): Promise<void> {
    this.#running = this.#running
      .then(() => this.#refresh())
      .catch((error: unknown) => this.options.log.warn({ err: error }, "The calibration was not refreshed"));
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#soon !== null) clearTimeout(this.#soon);
    clearInterval(this.#timer);
    await this.#running;
  }

  async #refresh(): Promise<void> {
    const { store, tenant, model } = this.options;
    const began = performance.now();
    const count = async (modality: Modality) => rounded(await store.count(tenant, { kind: "modality", modality }));
    const counts = { text: await count("text"), image: await count("image") };
    const furtherPassages = rounded(await store.countFurtherPassages(tenant));
    const counted = JSON.stringify([counts, furtherPassages]);
    if (this.#counted === counted) return;
    const sample = async (modality: Modality) =>
      (await store.sample(tenant, modality, SAMPLES)).map(({ vector }) => vector);
    const documents = { text: await sample("text"), image: await sample("image") };
    this.#current = calibrationOf(model, { counts, furtherPassages, documents });
    this.#counted = counted;
    this.#tookMs = performance.now() - began;
  }
}

/** Two significant digits: a document more or less must not change every score. */
const rounded = (count: number): number => Number(count.toPrecision(2));
