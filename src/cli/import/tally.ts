import type { PagesWithoutText } from "./pages-without-text";
import type { Ingestion } from "./operations";
import type { PdfInWork } from "./pdfs-in-work";

/** Items by what became of them. */
export interface Counts {
  readonly ingested: number;
  readonly duplicates: number;
  readonly failed: number;
  readonly cancelled: number;
}

const NONE: Counts = { ingested: 0, duplicates: 0, failed: 0, cancelled: 0 };

/** Counts an import as its ingestions go on. */
export class Tally {
  /** Of files, in this run. */
  uploaded = 0;
  /** Items of ingestions that were over before this run. */
  earlier = 0;
  /** Items of those that were deleted since. */
  deleted = 0;
  /** Items that never got to the server. */
  unusable = 0;
  /** Files that are neither pictures nor PDFs. */
  others = 0;
  /** PDFs of which some pages are not stored, for they have no text. */
  readonly withoutText: PagesWithoutText[] = [];
  /** Folders that were not looked into. */
  readonly passedOver: string[] = [];
  readonly #ingestions = new Map<string, Counts>();
  readonly #pdfs = new Map<string, readonly PdfInWork[]>();
  #finished: Counts = NONE;

  /** `deleted`: how many of what it stored are not there any more. */
  update(ingestion: Ingestion, deleted: number, pdfs: readonly PdfInWork[]): void {
    const { id, ingested, duplicates } = ingestion;
    const goneAsNew = Math.min(deleted, ingested);
    const counts = { ingested: ingested - goneAsNew, duplicates: duplicates - (deleted - goneAsNew) };
    this.#ingestions.set(id, { ...ingestion, ...counts });
    this.#pdfs.set(id, pdfs);
  }

  /** The ingestion is over and its counts are final. */
  finish({ id }: Ingestion): void {
    this.#finished = add(this.#finished, this.#ingestions.get(id) ?? NONE);
    this.#ingestions.delete(id);
    this.#pdfs.delete(id);
  }

  /** PDFs whose pages are being stored. */
  get pdfsInWork(): PdfInWork[] {
    return [...this.#pdfs.values()].flat();
  }

  get counts(): Counts {
    const { failed, ...others } = [...this.#ingestions.values()].reduce<Counts>(add, this.#finished);
    return { ...others, failed: failed + this.unusable };
  }

  get done(): number {
    const { ingested, duplicates, failed, cancelled } = this.counts;
    return ingested + duplicates + failed + cancelled;
  }
}

const add = (a: Counts, b: Counts): Counts => ({
  ingested: a.ingested + b.ingested,
  duplicates: a.duplicates + b.duplicates,
  failed: a.failed + b.failed,
  cancelled: a.cancelled + b.cancelled,
});
